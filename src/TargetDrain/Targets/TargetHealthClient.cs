using System.Net;
using System.Xml;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace TargetDrain.Targets;

/// <summary>
/// DescribeTargetHealth that keeps nothing of targets that are not asked about: the SDK makes seven objects of each, and an answer has a
/// thousand. Everything else, from signing to errors, is the SDK's.
/// </summary>
internal sealed class TargetHealthClient(AmazonElasticLoadBalancingV2Config config) : AmazonElasticLoadBalancingV2Client(config)
{
    private static readonly Form Request = new();

    /// <summary>With endpoint, credentials and transport of the client that makes the other calls. Lives as long as that one.</summary>
    public static TargetHealthClient Beside(IAmazonElasticLoadBalancingV2 client) => new((AmazonElasticLoadBalancingV2Config)client.Config);

    /// <param name="keeps">Which targets are asked about. Must not hold on to what it is given.</param>
    /// <returns>An answer with those targets only, each with id, port, zone, server id, state and reason.</returns>
    public Task<DescribeTargetHealthResponse> DescribeTargetHealthAsync(
        string groupArn, Func<TargetHealthDescription, bool> keeps, CancellationToken cancellation) =>
        InvokeAsync<DescribeTargetHealthResponse>(
            new DescribeTargetHealthRequest { TargetGroupArn = groupArn },
            new InvokeOptions { RequestMarshaller = Request, ResponseUnmarshaller = new Reader(keeps) }, cancellation);

    private sealed class Form : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, "Amazon.ElasticLoadBalancingV2");
            request.Parameters.Add("Action", "DescribeTargetHealth");
            request.Parameters.Add("Version", "2015-12-01");
            request.Parameters.Add("TargetGroupArn", ((DescribeTargetHealthRequest)input).TargetGroupArn);
            return request;
        }
    }

    private sealed class Reader(Func<TargetHealthDescription, bool> keeps) : XmlResponseUnmarshaller
    {
        private const int LongestShared = 64;

        // DescribeTargetHealthResponse > DescribeTargetHealthResult > TargetHealthDescriptions > member > TargetHealth > State
        private const int PartDepth = 4;

        private static readonly XmlReaderSettings Plain = new() { IgnoreWhitespace = true, IgnoreComments = true, DtdProcessing = DtdProcessing.Prohibit };

        // States, reasons and zones: a few for thousands of targets.
        private readonly NameTable shared = new();
        private readonly char[] text = new char[LongestShared];

        private TargetHealthDescription next = Empty();
        private string part = "";

        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            var response = new DescribeTargetHealthResponse { TargetHealthDescriptions = [], ResponseMetadata = new ResponseMetadata() };
            using var xml = XmlReader.Create(input.Stream, Plain);
            while (xml.Read())
                if (xml is { NodeType: XmlNodeType.Element, IsEmptyElement: false }) ReadElement(xml, response.ResponseMetadata);
                else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "member" }) EndOfMember(response.TargetHealthDescriptions);
            return response;
        }

        public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
            return new AmazonElasticLoadBalancingV2Exception(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        }

        // An administrative override has a state and a reason too.
        private void ReadElement(XmlReader xml, ResponseMetadata metadata)
        {
            if (xml.Depth == PartDepth) part = xml.LocalName;
            switch (part, xml.LocalName)
            {
                case ("Target", "Id"): next.Target.Id = Text(xml); break;
                case ("Target", "Port"): next.Target.Port = int.Parse(Text(xml), NumberStyles.None, CultureInfo.InvariantCulture); break;
                case ("Target", "AvailabilityZone"): next.Target.AvailabilityZone = Shared(xml); break;
                case ("Target", "QuicServerId"): next.Target.QuicServerId = Text(xml); break;
                case ("TargetHealth", "State"): next.TargetHealth.State = Shared(xml); break;
                case ("TargetHealth", "Reason"): next.TargetHealth.Reason = Shared(xml); break;
                case (_, "RequestId"): metadata.RequestId = Text(xml); break;
            }
        }

        private void EndOfMember(List<TargetHealthDescription> kept)
        {
            if (next.Target.Id is not null && keeps(next))
            {
                kept.Add(next);
                next = Empty();
                return;
            }
            (next.Target.Id, next.Target.Port, next.Target.AvailabilityZone, next.Target.QuicServerId) = (null, null, null, null);
            (next.TargetHealth.State, next.TargetHealth.Reason) = (null, null);
        }

        // The reader stands on the element's end afterwards, which says nothing.
        private static string Text(XmlReader xml) => xml.Read() && xml.NodeType == XmlNodeType.Text ? xml.Value : "";

        private string Shared(XmlReader xml)
        {
            if (!xml.Read() || xml.NodeType != XmlNodeType.Text) return "";
            var length = 0;
            // A chunk may end where the reader's buffer does.
            for (int read; length < text.Length && (read = xml.ReadValueChunk(text, length, text.Length - length)) > 0; length += read) { }
            return length < text.Length ? shared.Add(text, 0, length) : string.Concat(text.AsSpan(0, length), xml.Value);
        }

        private static TargetHealthDescription Empty() => new() { Target = new TargetDescription(), TargetHealth = new TargetHealth() };
    }
}
