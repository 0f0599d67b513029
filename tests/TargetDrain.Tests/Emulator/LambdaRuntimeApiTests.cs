using System.Net;
using System.Text;
using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

/// <summary>Over real HTTP, so in real time.</summary>
#pragma warning disable CA1001 // xUnit calls IAsyncLifetime.DisposeAsync.
public sealed class LambdaRuntimeApiTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly WorldJournal journal = new(Clock);
    private readonly RuntimeApi runtimeApi = new();
    private readonly LambdaFunction function;
    private readonly EmulatorServer server;
    private readonly HttpClient client = new();

    public LambdaRuntimeApiTests()
    {
        function = new LambdaFunction(new LambdaSettings("f", "123456789012", "eu-west-1"), runtimeApi.InvokeAsync, Clock, journal);
        server = new EmulatorServer(Answer, runtimeApi);
    }

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        client.BaseAddress = new Uri(server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Each_invocation_goes_to_one_process_that_asks_and_its_answer_comes_back()
    {
        var asking = client.GetAsync("/environments/1/2018-06-01/runtime/invocation/next");
        var invoking = function.InvokeAsync("\"in\""u8.ToArray());
        var next = await asking;
        Assert.Equal("\"in\"", await next.Content.ReadAsStringAsync());
        Assert.Equal("arn:aws:lambda:eu-west-1:123456789012:function:f", next.Headers.GetValues("Lambda-Runtime-Invoked-Function-Arn").Single());
        var left = long.Parse(next.Headers.GetValues("Lambda-Runtime-Deadline-Ms").Single(), null) - Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.InRange(left, 20_000, 30_000);
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync($"invocation/{Id(next)}/response", "\"out\""));
        var result = await invoking;
        Assert.Equal((InvocationResult.Ok, "\"out\""), (result.Outcome, Encoding.UTF8.GetString(result.Payload.Span)));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync($"invocation/{Id(next)}/response", "\"again\""));
    }

    [Fact]
    public async Task An_error_that_is_reported_is_the_outcome()
    {
        var invoking = function.InvokeAsync("{}"u8.ToArray());
        var next = await client.GetAsync("/2018-06-01/runtime/invocation/next");
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync($"invocation/{Id(next)}/error", """{"errorType":"X"}"""));
        var result = await invoking;
        Assert.Equal((InvocationResult.Error, """{"errorType":"X"}"""), (result.Outcome, Encoding.UTF8.GetString(result.Payload.Span)));
    }

    [Fact]
    public async Task What_a_process_ran_has_crashed_when_it_is_gone()
    {
        var invoking = function.InvokeAsync("{}"u8.ToArray());
        await client.GetAsync("/environments/7/2018-06-01/runtime/invocation/next");
        runtimeApi.Exited("environments/7", "signal 9");
        Assert.Equal(InvocationResult.Crashed, (await invoking).Outcome);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        var port = client.BaseAddress!.Port;
        await using var second = new EmulatorServer(Answer);
        var error = await Assert.ThrowsAsync<PortTakenException>(() => second.StartAsync(port));
        Assert.Contains($"Port {port} on 127.0.0.1 is taken.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_connection_is_cut_before_or_within_the_answer()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync("/none", null));
        var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/half"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(100, response.Content.Headers.ContentLength);
        await Assert.ThrowsAnyAsync<IOException>(async () => await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[100]));
        Assert.Equal("/123456789012/q", await (await client.PostAsync("/123456789012/q", null)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_queue_loses_and_doubles_nothing_under_many_threads()
    {
        const int Senders = 4, Each = 2000;
        var queue = new QueueService(Clock, journal, "123456789012", "eu-west-1").Create("q");
        using var stop = new CancellationTokenSource();
        var got = new System.Collections.Concurrent.ConcurrentBag<string>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var receivers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
                foreach (var message in await queue.ReceiveAsync(10, null, TimeSpan.FromSeconds(20), null, stop.Token))
                {
                    queue.Delete(message.ReceiptHandle);
                    got.Add(message.Body);
                    if (got.Count == Senders * Each) all.TrySetResult();
                }
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++) queue.Send($"{sender}/{i}");
        })));
        await all.Task.WaitAsync(TimeSpan.FromSeconds(30));
        stop.Cancel();
        foreach (var receiver in receivers) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiver);
        Assert.Equal(Senders * Each, got.Distinct().Count());
        Assert.Equal(0, queue.Counts.All);
    }

    private static Task<WireResponse> Answer(WireRequest request, CancellationToken cancellationToken) => request.Path switch
    {
        "/none" => throw new ConnectionCutException(),
        "/half" => throw new ConnectionCutException(new WireResponse(200, "text/plain", new byte[100]), 50),
        _ => Task.FromResult(new WireResponse(200, "text/plain", Encoding.UTF8.GetBytes(request.Path))),
    };

    private async Task<HttpStatusCode> PostAsync(string path, string body)
    {
        using var content = new StringContent(body);
        return (await client.PostAsync($"/2018-06-01/runtime/{path}", content)).StatusCode;
    }

    private static string Id(HttpResponseMessage next) => next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
}
