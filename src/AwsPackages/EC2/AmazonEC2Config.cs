using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Shared;

namespace Amazon.EC2;

public partial class AmazonEC2Config : ClientConfig
{
    internal static readonly ServiceTraits Traits = new("EC2", "ec2", "2016-11-15", "4.0.80.2");

    public AmazonEC2Config()
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
