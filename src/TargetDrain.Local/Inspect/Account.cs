using System.CommandLine;
using Amazon;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Runtime;
using Amazon.SQS;
using TargetDrain.Calls;
using TargetDrain.Telemetry;

namespace TargetDrain.Local.Inspect;

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
    public AwsClients Connect()
    {
        if (EndpointUrl is not null && !(Uri.TryCreate(EndpointUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            throw new WrongUseException($"--endpoint-url is '{EndpointUrl}'; it must be a URL such as http://127.0.0.1:4566.");
        return new AwsClients(
            new AmazonElasticLoadBalancingV2Client(Configure(new AmazonElasticLoadBalancingV2Config())),
            new AmazonEC2Client(Configure(new AmazonEC2Config())),
            new AmazonAutoScalingClient(Configure(new AmazonAutoScalingConfig())),
            new AmazonSQSClient(Configure(new AmazonSQSConfig())));
    }

    /// <summary>For calls to services that have no client here.</summary>
    public SignedCalls Sign() => new(Configure(new AmazonSQSConfig()), new HttpClientHandler(), TimeProvider.System);

    /// <summary>The function's own way to call: through a rate gate, so that a look does not take the account's limits away from it.</summary>
    public static AwsApi Gentle(TimeProvider clock) => new(
        new CallGate(new CallRate(PerSecond: 20, Burst: 60), concurrency: 16, clock), new DrainMetrics("none", "none", clock), clock, Random.Shared.NextDouble);

    private T Configure<T>(T config) where T : ClientConfig
    {
        // The SDK for .NET, unlike the AWS CLI, does not look at AWS_DEFAULT_REGION.
        var region = Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");
        if (Profile is not null) config.Profile = new Profile(Profile);
        if (region is not null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (EndpointUrl is not null)
        {
            config.ServiceURL = EndpointUrl;
            config.AuthenticationRegion = region ?? "us-east-1";
            // An emulator takes anything; nobody should have to make up credentials for it.
            if (new Uri(EndpointUrl).IsLoopback && Profile is null && Variable("AWS_ACCESS_KEY_ID") is null)
                config.DefaultAWSCredentials = new BasicAWSCredentials("local", "local");
        }
        // AwsApi repeats what is worth repeating.
        config.MaxErrorRetry = 0;
        return config;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
