namespace TargetDrain.Emulator.Wire;

/// <summary>The XML envelopes of the Query protocol and of EC2.</summary>
internal static class QueryProtocol
{
    private const string ContentType = "text/xml;charset=UTF-8";

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
            xml.Open($"{operation}Result");
            writeResult(xml);
            xml.Close($"{operation}Result");
            xml.Open("ResponseMetadata");
            xml.Element("RequestId", requestId);
            xml.Close("ResponseMetadata");
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
            xml.Open("Errors");
            xml.Open("Error");
            xml.Element("Code", error.Code);
            xml.Element("Message", error.Message);
            xml.Close("Error");
            xml.Close("Errors");
            xml.Element("RequestID", requestId);
            xml.Close("Response");
        }
        else
        {
            xml.Open("ErrorResponse", service.XmlNamespace);
            xml.Open("Error");
            xml.Element("Type", error.Fault);
            xml.Element("Code", error.Code);
            xml.Element("Message", error.Message);
            xml.Close("Error");
            xml.Element("RequestId", requestId);
            xml.Close("ErrorResponse");
        }
        return Response(error.Status, xml, requestId);
    }

    private static WireResponse Response(int status, XmlBuffer xml, string requestId) => new(status, ContentType, xml.Bytes)
    {
        Headers = new Dictionary<string, string> { ["x-amzn-RequestId"] = requestId },
    };
}
