using TargetDrain.Emulator.CloudWatch;

namespace TargetDrain.Emulator.Wire;

/// <summary>What a client of a service that is not emulated gets: an error in a form it can read, whatever it speaks.</summary>
internal static class UnknownService
{
    public static WireResponse Answer(WireRequest request, string? service, string requestId)
    {
        var name = service ?? "(unsigned)";
        return Answer(request, new AwsErrorException(
            "NotEmulated",
            $"The emulated AWS has no service '{name}' at {request.Path}; it has elasticloadbalancing (2015-12-01), ec2, autoscaling, sqs, events, sts, lambda, cloudformation and monitoring."),
            service, requestId);
    }

    public static WireResponse Answer(WireRequest request, AwsErrorException error, string? service, string requestId)
    {
        var type = request.Header("Content-Type") ?? "";
        var isCbor = request.Header("smithy-protocol") is CborProtocol.Name;
        if (isCbor || request.Header("X-Amz-Target") is not null || type.Contains("json", StringComparison.OrdinalIgnoreCase) || !IsXml(type, service))
        {
            var body = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
            var json = Response(error, "application/x-amz-json-1.1", Encoding.UTF8.GetBytes(body.ToJsonString()), requestId);
            return isCbor ? CborProtocol.Encode(json) : json;
        }
        var xml = new XmlBuffer();
        if (service != "s3") xml.Open("ErrorResponse");
        QueryProtocol.WriteError(xml, error, error.Fault);
        xml.Element("RequestId", service == "s3" ? null : requestId);
        if (service != "s3") xml.Close("ErrorResponse");
        return Response(error, QueryProtocol.ContentType, xml.Bytes, requestId);
    }

    private static bool IsXml(string contentType, string? service) =>
        contentType.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || service is null or "s3" or "route53" or "cloudfront";

    private static WireResponse Response(AwsErrorException error, string contentType, ReadOnlyMemory<byte> body, string requestId) =>
        new(error.Status, contentType, body)
        {
            Headers = new Dictionary<string, string> { ["x-amzn-RequestId"] = requestId, ["x-amzn-ErrorType"] = error.Code },
        };
}
