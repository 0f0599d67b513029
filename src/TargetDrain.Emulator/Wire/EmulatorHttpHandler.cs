using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using TargetDrain.Emulator.Lambda;

namespace TargetDrain.Emulator.Wire;

/// <summary>Lets SDK clients call the endpoint without a network; broken connections look to them as they would on one.</summary>
internal sealed class EmulatorHttpHandler(World world) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (LambdaInvocation.Current is { IsAbandoned: true }) await new TaskCompletionSource().Task; // its process is dead
        (world.Clock as VirtualClock)?.AssertOnLoop();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers.NonValidated) headers[name] = values.ToString();
        if (request.Content is { } sent)
            foreach (var (name, values) in sent.Headers.NonValidated) headers[name] = values.ToString();
        // In a process of its own the SDK sends this from the environment variable that Lambda sets for each run.
        if (LambdaInvocation.Current is { } run) headers.TryAdd("X-Amzn-Trace-Id", run.TraceHeader);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var path = request.RequestUri?.AbsolutePath ?? "/";
        try
        {
            var answer = await world.Endpoint.HandleAsync(new WireRequest(path, headers, body)
            {
                Method = request.Method.Method, Query = request.RequestUri?.Query ?? "",
            }, cancellationToken);
            return Response(request, answer, new ReadOnlyMemoryContent(answer.Body));
        }
        catch (ConnectionCutException cut) when (cut.Answer is { } answer)
        {
            return Response(request, answer, new StreamContent(new CutStream(answer.Body[..cut.Bytes].ToArray())));
        }
        catch (ConnectionCutException cut)
        {
            throw cut.IsRefused
                ? Failed(HttpRequestError.ConnectionError, SocketError.ConnectionRefused)
                : Failed(HttpRequestError.ResponseEnded, SocketError.ConnectionReset);
        }
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, WireResponse answer, HttpContent content)
    {
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = content };
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        content.Headers.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static HttpRequestException Failed(HttpRequestError error, SocketError reason) =>
        new(error, $"{reason} by the emulator's fault", new SocketException((int)reason));

    /// <summary>Ends with an error where the rest should begin.</summary>
    private sealed class CutStream(byte[] start) : MemoryStream(start, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => Check(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Check(base.Read(buffer));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[bufferSize];
            while (true) await destination.WriteAsync(buffer.AsMemory(0, Read(buffer)), cancellationToken);
        }

        private static int Check(int read) => read > 0
            ? read
            : throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}
