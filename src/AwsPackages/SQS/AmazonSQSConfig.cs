using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Shared;

namespace Amazon.SQS;

public partial class AmazonSQSConfig : ClientConfig
{
    internal static readonly ServiceTraits Traits = new("SQS", "sqs", "2012-11-05", "4.0.1.10");

    public AmazonSQSConfig()
        : base(DefaultModes.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = Traits.Prefix;
        EndpointProvider = Traits.Endpoints;
    }

    public static new string ServiceId => Traits.ServiceId;

    public override string RegionEndpointServiceName => Traits.Prefix;

    public override string ServiceVersion => Traits.ApiVersion;

    public override string UserAgent => Traits.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        Traits.EndpointOf(this, parameters);
}
