using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2;

public partial class AmazonElasticLoadBalancingV2Config : ClientConfig
{
    internal static readonly ServiceTraits Traits = new("Elastic Load Balancing v2", "elasticloadbalancing", "2015-12-01", "4.0.100.2");

    public AmazonElasticLoadBalancingV2Config()
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
