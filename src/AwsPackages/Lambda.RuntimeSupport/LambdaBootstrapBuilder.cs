using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Builds the bootstrap around a handler.</summary>
public partial class LambdaBootstrapBuilder
{
    private readonly HandlerWrapper _handler;
    private HttpClient _http;
    private LambdaBootstrapInitializer _initializer;
    private LambdaBootstrapOptions _options;

    private LambdaBootstrapBuilder(HandlerWrapper handler) => _handler = handler;

    /// <summary>The client that calls the Runtime API; its timeout is set to 12 hours, and it is not disposed.</summary>
    public LambdaBootstrapBuilder UseHttpClient(HttpClient httpClient)
    {
        _http = httpClient;
        return this;
    }

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer bootstrapInitializer)
    {
        _initializer = bootstrapInitializer;
        return this;
    }

    public LambdaBootstrapBuilder ConfigureOptions(Action<LambdaBootstrapOptions> options = null)
    {
        _options = new LambdaBootstrapOptions();
        options?.Invoke(_options);
        return this;
    }

    public LambdaBootstrap Build() => _http is null
        ? new LambdaBootstrap(_handler, _options, _initializer)
        : new LambdaBootstrap(_http, _handler, _options, _initializer);
}
