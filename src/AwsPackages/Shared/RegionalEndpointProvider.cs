using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

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
            return fips ? throw Invalid("Invalid Configuration: FIPS and custom endpoint are not supported")
                : dualStack ? throw Invalid("Invalid Configuration: Dualstack and custom endpoint are not supported")
                : new Endpoint(custom);
        }

        if (parameters["Region"] is not string { Length: > 0 } region)
        {
            throw Invalid("Invalid Configuration: Missing Region");
        }

        var partition = Fn.Partition(region) ?? throw Invalid($"No partition is known for the region '{region}'");
        if ((fips && !partition.supportsFIPS) || (dualStack && !partition.supportsDualStack))
        {
            throw Invalid(fips && dualStack ? "FIPS and DualStack are enabled, but this partition does not support one or both"
                : fips ? "FIPS is enabled but this partition does not support FIPS"
                : "DualStack is enabled but this partition does not support DualStack");
        }

        // GovCloud's regular endpoints are the FIPS ones.
        var plainHost = !fips || (!dualStack && partition.name == "aws-us-gov");
        var suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://{prefix}{(plainHost ? "" : "-fips")}.{region}.{suffix}");
    }

    private static AmazonClientException Invalid(string message) => new(message);
}
