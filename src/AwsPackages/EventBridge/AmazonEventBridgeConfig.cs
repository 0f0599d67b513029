using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Shared;

namespace Amazon.EventBridge;

public partial class AmazonEventBridgeConfig : ClientConfig
{
    internal static readonly ServiceTraits Traits = new("EventBridge", "events", "2015-10-07", "4.0.100.14");

    public AmazonEventBridgeConfig()
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
