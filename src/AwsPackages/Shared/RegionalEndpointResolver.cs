using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.Shared;

/// <summary>Takes from the client's configuration what the endpoint rules ask for.</summary>
internal sealed class RegionalEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;

        // The region is read before the URL: probing for a region clears a URL that came from the environment.
        var region = requestContext.Request?.AlternateEndpoint ?? config.RegionEndpoint;
        var url = config.ServiceURL;
        var regionName = region?.SystemName ?? (string.IsNullOrEmpty(url) ? null : AWSSDKUtils.DetermineRegion(url));

        return new EndpointParameters
        {
            ["Region"] = regionName,
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["Endpoint"] = url,
        };
    }

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);
}
