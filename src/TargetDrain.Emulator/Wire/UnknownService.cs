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
        if (request.Header("smithy-protocol") is "rpc-v2-cbor")
            return Response(error, "application/cbor", Cbor(error.Code, error.Message), requestId) with
            {
                Headers = new Dictionary<string, string> { ["x-amzn-RequestId"] = requestId, ["smithy-protocol"] = "rpc-v2-cbor" },
            };
        var type = request.Header("Content-Type") ?? "";
        if (request.Header("X-Amz-Target") is not null || type.Contains("json", StringComparison.OrdinalIgnoreCase) || !IsXml(type, service))
            return Response(error, "application/x-amz-json-1.1",
                Encoding.UTF8.GetBytes(new JsonObject { ["__type"] = error.Code, ["message"] = error.Message }.ToJsonString()), requestId);
        var xml = new XmlBuffer();
        if (service != "s3") xml.Open("ErrorResponse");
        xml.Open("Error");
        xml.Element("Type", error.Fault);
        xml.Element("Code", error.Code);
        xml.Element("Message", error.Message);
        xml.Close("Error");
        xml.Element("RequestId", service == "s3" ? null : requestId);
        if (service != "s3") xml.Close("ErrorResponse");
        return Response(error, "text/xml;charset=UTF-8", xml.Bytes, requestId);
    }

    private static bool IsXml(string contentType, string? service) =>
        contentType.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || service is null or "s3" or "route53" or "cloudfront";

    private static WireResponse Response(AwsErrorException error, string contentType, ReadOnlyMemory<byte> body, string requestId) =>
        new(error.Status, contentType, body)
        {
            Headers = new Dictionary<string, string> { ["x-amzn-RequestId"] = requestId, ["x-amzn-ErrorType"] = error.Code },
        };

    /// <summary>A map of two texts.</summary>
    private static byte[] Cbor(string code, string message) => [0xA2, .. Text("__type"), .. Text(code), .. Text("message"), .. Text(message)];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [0x79, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
