namespace TargetDrain.Emulator.Wire;

/// <summary>The XML envelopes of the Query protocol and of EC2.</summary>
internal static class QueryProtocol
{
    public const string ContentType = "text/xml;charset=UTF-8";

    public static WireResponse Answer(QueryService service, string operation, string requestId, Action<XmlBuffer> writeResult)
    {
        var xml = new XmlBuffer();
        xml.Open($"{operation}Response", service.XmlNamespace);
        if (service.IsEc2)
        {
            xml.Element("requestId", requestId);
            writeResult(xml);
        }
        else
        {
            xml.Element($"{operation}Result", () => writeResult(xml));
            xml.Element("ResponseMetadata", () => xml.Element("RequestId", requestId));
        }
        xml.Close($"{operation}Response");
        return Response(200, xml, requestId);
    }

    public static WireResponse Error(QueryService service, AwsErrorException error, string requestId)
    {
        var xml = new XmlBuffer();
        if (service.IsEc2)
        {
            xml.Open("Response");
            xml.Element("Errors", () => WriteError(xml, error, type: null));
            xml.Element("RequestID", requestId);
            xml.Close("Response");
        }
        else
        {
            xml.Open("ErrorResponse", service.XmlNamespace);
            WriteError(xml, error, error.Fault);
            xml.Element("RequestId", requestId);
            xml.Close("ErrorResponse");
        }
        return Response(error.Status, xml, requestId);
    }

    /// <param name="type">Whose fault it is; null where that is not told.</param>
    public static void WriteError(XmlBuffer xml, AwsErrorException error, string? type) => xml.Element("Error", () =>
    {
        xml.Element("Type", type);
        xml.Element("Code", error.Code);
        xml.Element("Message", error.Message);
    });

    private static WireResponse Response(int status, XmlBuffer xml, string requestId) => new(status, ContentType, xml.Bytes)
    {
        Headers = new Dictionary<string, string> { ["x-amzn-RequestId"] = requestId },
    };
}
