using System.Globalization;
using System.Net;
using System.Text;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace TargetDrain.Targets;

/// <summary>
/// DescribeTargetHealth that keeps nothing of targets that stay: the SDK makes seven objects of each, and an answer has a thousand.
/// Everything else, from signing to errors, is the SDK's.
/// </summary>
internal sealed class TargetHealthClient(AmazonElasticLoadBalancingV2Config config) : AmazonElasticLoadBalancingV2Client(config)
{
    private static readonly Form Request = new();

    /// <summary>With endpoint, credentials and transport of the client that makes the other calls. Lives as long as that one.</summary>
    public static TargetHealthClient Beside(IAmazonElasticLoadBalancingV2 client) => new((AmazonElasticLoadBalancingV2Config)client.Config);

    /// <param name="ownerOf">Tells whose a target is; null for one that stays. Must not hold on to what it is given.</param>
    /// <returns>An answer with those targets only that have an owner, each with id, port, zone, server id, state and reason.</returns>
    public Task<DescribeTargetHealthResponse> DescribeTargetHealthAsync(
        string groupArn, Func<TargetDescription, string?> ownerOf, CancellationToken cancellation) =>
        InvokeAsync<DescribeTargetHealthResponse>(
            new DescribeTargetHealthRequest { TargetGroupArn = groupArn },
            new InvokeOptions { RequestMarshaller = Request, ResponseUnmarshaller = new Reader(ownerOf) }, cancellation);

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

    private sealed class Reader(Func<TargetDescription, string?> ownerOf) : XmlResponseUnmarshaller
    {
        // DescribeTargetHealthResponse > DescribeTargetHealthResult > TargetHealthDescriptions > member > Target > Id
        private const int MemberDepth = 4;
        private const int PartDepth = 5;
        private const int FieldDepth = 6;

        // DescribeTargetHealthResponse > ResponseMetadata > RequestId
        private const int RequestIdDepth = 3;

        private const int MostKnown = 16;

        // States, reasons and zones: a few for thousands of targets.
        private readonly List<string> known = [];

        private TargetDescription target = new();
        private string? state;
        private string? reason;

        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            using var tags = new XmlTags(input.Stream);
            var response = new DescribeTargetHealthResponse { TargetHealthDescriptions = [], ResponseMetadata = new ResponseMetadata() };
            var part = Part.Other;
            while (tags.Read())
            {
                if (!tags.IsEnd)
                {
                    if (tags.Depth == PartDepth) part = tags.Name.SequenceEqual("Target"u8) ? Part.Target : tags.Name.SequenceEqual("TargetHealth"u8) ? Part.Health : Part.Other;
                }
                else if (tags.Depth == FieldDepth && part == Part.Target) ReadTarget(tags);
                else if (tags.Depth == FieldDepth && part == Part.Health) ReadHealth(tags);
                else if (tags.Depth == MemberDepth && tags.Name.SequenceEqual("member"u8)) EndOfMember(response.TargetHealthDescriptions);
                else if (tags.Depth == RequestIdDepth && tags.Name.SequenceEqual("RequestId"u8)) response.ResponseMetadata.RequestId = tags.TextAsString();
            }
            return response;
        }

        public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
            return new AmazonElasticLoadBalancingV2Exception(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        }

        private void ReadTarget(XmlTags tags)
        {
            if (tags.Name.SequenceEqual("Id"u8)) target.Id = tags.TextAsString();
            else if (tags.Name.SequenceEqual("Port"u8)) target.Port = int.Parse(tags.Text, NumberStyles.None, CultureInfo.InvariantCulture);
            else if (tags.Name.SequenceEqual("AvailabilityZone"u8)) target.AvailabilityZone = Known(tags);
            else if (tags.Name.SequenceEqual("QuicServerId"u8)) target.QuicServerId = tags.TextAsString();
        }

        private void ReadHealth(XmlTags tags)
        {
            if (tags.Name.SequenceEqual("State"u8)) state = Known(tags);
            else if (tags.Name.SequenceEqual("Reason"u8)) reason = Known(tags);
        }

        private void EndOfMember(List<TargetHealthDescription> kept)
        {
            if (target.Id is not null && ownerOf(target) is not null)
            {
                kept.Add(new TargetHealthDescription { Target = target, TargetHealth = new TargetHealth { State = state, Reason = reason } });
                target = new TargetDescription();
            }
            else
            {
                (target.Id, target.Port, target.AvailabilityZone, target.QuicServerId) = (null, null, null, null);
            }
            (state, reason) = (null, null);
        }

        private string Known(XmlTags tags)
        {
            foreach (var text in known)
                if (Ascii.Equals(tags.Text, text)) return text;
            var added = tags.TextAsString();
            if (known.Count < MostKnown) known.Add(added);
            return added;
        }

        private enum Part
        {
            Other,
            Target,
            Health,
        }
    }
}
