using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Shared;

/// <summary>Retry mode and timeouts of each <see cref="DefaultConfigurationMode"/>; the same for all services.</summary>
internal static class DefaultModes
{
    private static readonly DefaultConfiguration[] Modes =
    [
        Mode(DefaultConfigurationMode.Standard, 3.1),
        Mode(DefaultConfigurationMode.InRegion, 1.1),
        Mode(DefaultConfigurationMode.CrossRegion, 3.1),
        Mode(DefaultConfigurationMode.Mobile, 30),
        Mode(DefaultConfigurationMode.Auto, 1.1),
    ];

    public static DefaultConfigurationProvider Provider { get; } = new(Modes.AsEnumerable<IDefaultConfiguration>());

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, double seconds) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromSeconds(seconds),
        TlsNegotiationTimeout = TimeSpan.FromSeconds(seconds),
    };
}
