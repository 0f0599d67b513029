using Amazon;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.EventBridge;
using Amazon.SecurityToken;
using Amazon.SQS;
using TargetDrain.Telemetry;

namespace TargetDrain.Local.Accounts;

/// <summary>Which account, in which region, by which address: the options that every command on a real account has.</summary>
internal sealed record Account(string? Region, string? Profile, string? EndpointUrl)
{
    private static readonly Option<string?> RegionOption = new("--region") { Description = "Default: AWS_REGION, or the profile's.", HelpName = "name" };

    private static readonly Option<string?> ProfileOption = new("--profile") { Description = "A profile of your AWS configuration.", HelpName = "name" };

    private static readonly Option<string?> EndpointOption = new("--endpoint-url")
    {
        Description = "Another address than AWS's own, such as that of \"target-drain serve\".",
        HelpName = "url",
    };

    public static IReadOnlyList<Option> Options { get; } = [RegionOption, ProfileOption, EndpointOption];

    public static Account Of(ParseResult parsed) =>
        new(parsed.GetValue(RegionOption), parsed.GetValue(ProfileOption), parsed.GetValue(EndpointOption));

    /// <exception cref="WrongUseException">The endpoint URL is none.</exception>
    public Connection Connect()
    {
        if (EndpointUrl is not null && !(Uri.TryCreate(EndpointUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            throw new WrongUseException($"--endpoint-url is '{EndpointUrl}'; it must be a URL such as http://127.0.0.1:4566.");
        var watch = new CallWatch(TimeProvider.System);
        var transport = new WatchedTransport(watch, IsLoopback);
        T To<T>(T config) where T : ClientConfig => Configure(config, transport);
        var aws = new AwsClients(
            new AmazonElasticLoadBalancingV2Client(To(new AmazonElasticLoadBalancingV2Config())),
            new AmazonEC2Client(To(new AmazonEC2Config())),
            new AmazonAutoScalingClient(To(new AmazonAutoScalingConfig())),
            new AmazonSQSClient(To(new AmazonSQSConfig())),
            new(() => new AmazonEventBridgeClient(To(new AmazonEventBridgeConfig()))));
        // For services that have no client here; the configuration is any client's.
        var signed = new SignedCalls(To(new AmazonSQSConfig()), transport.Handler, TimeProvider.System, RateLimited(TimeProvider.System));
        return new Connection(
            aws, new AmazonSecurityTokenServiceClient(To(new AmazonSecurityTokenServiceConfig())), new InstallationCalls(signed), watch, GivenRegion, Endpoint);
    }

    /// <summary>The function's own way to call: through a rate gate, so that a look does not take the account's limits away from it.</summary>
    public static AwsApi RateLimited(TimeProvider clock) => new(
        new CallGate(new CallRate(PerSecond: 20, Burst: 60), concurrencyLimit: 16, clock), new DrainMetrics("none", "none", clock), clock, Random.Shared.NextDouble);

    private bool IsLoopback => Endpoint is { } given && new Uri(given).IsLoopback;

    private string? Endpoint => EndpointUrl ?? Variable("AWS_ENDPOINT_URL");

    // The SDK for .NET, unlike the AWS CLI, does not look at AWS_DEFAULT_REGION.
    private string? GivenRegion => Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? (Profile is null && Endpoint is not null ? "us-east-1" : null);

    private T Configure<T>(T config, WatchedTransport transport) where T : ClientConfig
    {
        config.HttpClientFactory = transport;
        if (Profile is not null) config.Profile = new Amazon.Profile(Profile);
        if (GivenRegion is { } region) config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = GivenRegion ?? "us-east-1";
            // An emulator takes anything; nobody should have to make up credentials for it.
            if (new Uri(endpoint).IsLoopback && Profile is null && Variable("AWS_ACCESS_KEY_ID") is null)
                config.DefaultAWSCredentials = new BasicAWSCredentials("local", "local");
        }
        // AwsApi repeats what is worth repeating.
        config.MaxErrorRetry = 0;
        return config;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
