using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.Util;

namespace Amazon.Shared;

/// <summary>
/// The endpoint rules that ELBv2, Auto Scaling and EventBridge (without its global endpoints) share:
/// https://{prefix}[-fips].{region}.{suffix}, where partition and dual stack choose the suffix.
/// </summary>
internal sealed class RegionalEndpointProvider(string prefix) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;

        if (parameters["Endpoint"] is string { Length: > 0 } custom)
        {
            return fips || dualStack
                ? throw new AmazonClientException("Invalid Configuration: neither FIPS nor Dualstack goes with a custom endpoint")
                : new Endpoint(custom);
        }

        if (parameters["Region"] is not string { Length: > 0 } region) throw new AmazonClientException("Invalid Configuration: Missing Region");

        var partition = Fn.Partition(region) ?? throw new AmazonClientException($"No partition is known for the region '{region}'");
        if ((fips && !partition.supportsFIPS) || (dualStack && !partition.supportsDualStack))
        {
            throw new AmazonClientException("FIPS or DualStack is enabled, but this partition does not support it");
        }

        // GovCloud's regular endpoints are the FIPS ones.
        var plainHost = !fips || (!dualStack && partition.name == "aws-us-gov");
        var suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://{prefix}{(plainHost ? "" : "-fips")}.{region}.{suffix}");
    }
}

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
