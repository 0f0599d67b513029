namespace TargetDrain.Emulator.Faults;

/// <summary>The same refusal has another name in every service.</summary>
internal static class ServiceErrors
{
    public static AwsErrorException Throttled(ApiCall call) => call.Service switch
    {
        "ec2" => new("RequestLimitExceeded", "Request limit exceeded.", 503),
        "elasticloadbalancing" or "autoscaling" => new("Throttling", "Rate exceeded"),
        "sqs" => new("RequestThrottled", "Request is throttled."),
        _ => new("ThrottlingException", "Rate exceeded"),
    };

    public static AwsErrorException AccessDenied(ApiCall call)
    {
        var what = $"User: {call.Principal} is not authorized to perform: {Permissions.ActionOf(call)}"
            + $" on resource: {Permissions.ResourceOf(call)} because no identity-based policy allows the action";
        return call.Service switch
        {
            "ec2" => new("UnauthorizedOperation", $"You are not authorized to perform this operation. {what}", 403),
            "elasticloadbalancing" or "autoscaling" => new("AccessDenied", what, 403),
            "sqs" => new("AccessDeniedException", what) { QueryCode = "AccessDenied" },
            _ => new("AccessDeniedException", what),
        };
    }

    public static AwsErrorException Expired(ApiCall call) => call.Service switch
    {
        "ec2" => new("RequestExpired", "Request has expired.", 400),
        "elasticloadbalancing" or "autoscaling" =>
            new("ExpiredToken", "The security token included in the request is expired", 403),
        _ => new("ExpiredTokenException", "The security token included in the request is expired", 403),
    };

    public static AwsErrorException Internal(ApiCall call) => call.Service == "ec2"
        ? new("InternalError", "An internal error has occurred", 500)
        : new("InternalFailure", "An internal error has occurred", 500);

    public static AwsErrorException Unavailable(ApiCall call) => call.Service == "ec2"
        ? new("Unavailable", "The service is unavailable. Please try again shortly.", 503)
        : new("ServiceUnavailable", "The service is unavailable. Please try again shortly.", 503);
}
