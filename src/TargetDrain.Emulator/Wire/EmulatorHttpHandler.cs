using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using TargetDrain.Emulator.Clock;

namespace TargetDrain.Emulator.Wire;

/// <summary>Lets SDK clients call the endpoint without a network; broken connections look to them as they would on one.</summary>
public sealed class EmulatorHttpHandler(World world) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (world.Clock as VirtualClock)?.AssertOnLoop();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var all = request.Content is null ? request.Headers.NonValidated : request.Headers.NonValidated.Concat(request.Content.Headers.NonValidated);
        foreach (var (name, values) in all) headers[name] = values.ToString();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var path = request.RequestUri?.AbsolutePath ?? "/";
        var answer = await world.Endpoint.HandleAsync(new WireRequest(path, headers, body), cancellationToken);
        switch (answer.Fault)
        {
            case WireFault.ConnectionRefused:
                throw Failed(HttpRequestError.ConnectionError, SocketError.ConnectionRefused);
            case WireFault.ConnectionReset:
                throw Failed(HttpRequestError.ResponseEnded, SocketError.ConnectionReset);
        }
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = answer.Fault == WireFault.CutInHalf
                ? new StreamContent(new HalfStream(answer.Body[..(answer.Body.Length / 2)].ToArray()))
                : new ReadOnlyMemoryContent(answer.Body),
        };
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        response.Content.Headers.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static HttpRequestException Failed(HttpRequestError error, SocketError reason) =>
        new(error, $"{reason} by the emulator's fault", new SocketException((int)reason));

    /// <summary>Ends with an error where the other half should begin.</summary>
    private sealed class HalfStream(byte[] half) : MemoryStream(half, writable: false)
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
