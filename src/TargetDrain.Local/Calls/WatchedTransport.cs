namespace TargetDrain.Local.Calls;

/// <summary>The way to AWS, watched. Loopback addresses are reached directly, whatever proxy the environment names.</summary>
#pragma warning disable CA1001 // The client lives as long as the clients that use it: until the command ends.
internal sealed class WatchedTransport : HttpClientFactory
{
    private readonly HttpClient client;

    public WatchedTransport(CallWatch watch, bool isLoopback)
    {
        Handler = new Watched(watch, new SocketsHttpHandler { UseProxy = !isLoopback, AllowAutoRedirect = false, UseCookies = false });
        client = new HttpClient(Handler);
    }

    /// <summary>For calls that are not the SDK's.</summary>
    public HttpMessageHandler Handler { get; }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    private sealed class Watched(CallWatch watch, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            using var call = watch.Begin(OperationOf(request, body), body, request.RequestUri);
            return await base.SendAsync(request, cancellationToken);
        }

        // "X-Amz-Target: AmazonSQS.GetQueueUrl", or "Action=DescribeInstances&Version=…".
        private static string OperationOf(HttpRequestMessage request, string body)
        {
            if (request.Headers.TryGetValues("X-Amz-Target", out var targets)) return targets.First().Split('.')[^1];
            var action = body.Split('&').FirstOrDefault(pair => pair.StartsWith("Action=", StringComparison.Ordinal));
            return action?[7..] ?? $"{request.Method} {request.RequestUri?.AbsolutePath}";
        }
    }
}
