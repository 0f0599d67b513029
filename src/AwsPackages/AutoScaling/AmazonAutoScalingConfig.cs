using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Shared;

namespace Amazon.AutoScaling;

public partial class AmazonAutoScalingConfig : ClientConfig
{
    internal static readonly ServiceTraits Traits = new("Auto Scaling", "autoscaling", "2011-01-01", "4.0.101.0");

    public AmazonAutoScalingConfig()
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
