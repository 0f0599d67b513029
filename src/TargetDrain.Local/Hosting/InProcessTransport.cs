using TargetDrain.Emulator.Wire;

namespace TargetDrain.Local.Hosting;

/// <summary>Lets the SDK's clients reach an emulated AWS in this process, without a network.</summary>
internal sealed class InProcessTransport(World world) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new EmulatorHttpHandler(world));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
}
