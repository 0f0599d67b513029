using System.Net;
using System.Text;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using TargetDrain.Announcements;
using TargetDrain.Calls;
using TargetDrain.Emulator.Clock;
using TargetDrain.Telemetry;
using Xunit;

namespace TargetDrain.Tests.Announcements;

public sealed class AnnouncerTests
{
    [Fact]
    public void What_EventBridge_did_not_take_is_logged_with_the_first_reason() => Assert.Equal(
        ["1 events of our own could not be sent to EventBridge (ThrottlingException: slow down); nothing else depends on them"],
        Send("""{"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"ErrorCode":"ThrottlingException","ErrorMessage":"slow down"}]}""").Lines);

    [Fact]
    public void What_it_took_is_no_line_and_goes_out_as_the_API_wants_it()
    {
        var (lines, request) = Send("""{"FailedEntryCount":0,"Entries":[{"EventId":"1"},{"EventId":"2"}]}""");

        Assert.Empty(lines);
        Assert.Equal("""
            https://events.us-east-1.amazonaws.com/ AWSEvents.PutEvents application/x-amz-json-1.1
            {"Entries":[{"Detail":"{\u0022target-group-arn\u0022:\u0022arn\u0022,\u0022target-id\u0022:\u002210.0.0.1\u0022,\u0022port\u0022:80,\u0022removed\u0022:false,\u0022first-seen\u0022:\u00221970-01-01T00:00:00Z\u0022}","DetailType":"Orphan Found","Source":"target-drain"},{"Detail":"{\u0022target-group-arn\u0022:\u0022arn\u0022,\u0022target-id\u0022:\u002210.0.0.2\u0022,\u0022port\u0022:80,\u0022removed\u0022:false,\u0022first-seen\u0022:\u00221970-01-01T00:00:00Z\u0022}","DetailType":"Orphan Found","Source":"target-drain"}]}
            """, request);
    }

    private static (IReadOnlyList<string> Lines, string Request) Send(string answer)
    {
        var clock = new VirtualClock();
        var log = new Lines();
        using var canned = new Canned(answer);
        clock.Run(async () =>
        {
            var aws = AwsClients.Create(new Transport(canned), new BasicAWSCredentials("key", "secret"), "us-east-1");
            var api = new AwsApi(new CallGate(new CallRate(100, 100), 10, clock), new DrainMetrics("test", "test", clock), clock, () => 0.5);
            await new Announcer(aws.Events.Value, api, dryRun: false, clock, log).TellAsync([Orphan("10.0.0.1"), Orphan("10.0.0.2")], default);
        });
        return (log.Written, canned.Request);
    }

    private static FoundOrphan Orphan(string address) => new("arn", address, 80, Removed: false, DateTime.UnixEpoch);

    private sealed class Transport(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    private sealed class Canned(string answer) : HttpMessageHandler
    {
        public string Request { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Request = $"{request.RequestUri} {string.Concat(request.Headers.GetValues("X-Amz-Target"))} {request.Content.Headers.ContentType}\n{body}";
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(answer, Encoding.UTF8, "application/x-amz-json-1.1"), Headers = { { "x-amzn-RequestId", "1" } },
            };
        }
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
