using Amazon;
using Amazon.SecurityToken;
using Amazon.SQS;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Local.Hosting;

/// <summary>A connection to an emulated account in this process: commands work on it as on any other.</summary>
internal static class EmulatedConnection
{
    public static Connection To(World world)
    {
        var (transport, credentials, clock) = (new InProcessTransport(world), new BasicAWSCredentials("local", "local"), TimeProvider.System);
        var region = RegionEndpoint.GetBySystemName(world.Options.Region);
        var tokens = new AmazonSecurityTokenServiceClient(credentials, new AmazonSecurityTokenServiceConfig { RegionEndpoint = region, HttpClientFactory = transport });
        var signed = new SignedCalls(
            new AmazonSQSConfig { RegionEndpoint = region, DefaultAWSCredentials = credentials }, new EmulatorHttpHandler(world), clock, Account.RateLimited(clock));
        return new Connection(
            AwsClients.Create(transport, credentials, world.Options.Region), tokens, new InstallationCalls(signed), new CallWatch(clock), world.Options.Region, EndpointUrl: null);
    }
}
