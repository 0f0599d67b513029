using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using TargetDrain.Emulator.Clock;
using TargetDrain.Local.Accounts;
using TargetDrain.Local.Diagnostics;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class FunctionCheckTests
{
    private const string QueueArn = "arn:aws:sqs:eu-central-1:123456789012:target-drain";
    private const string Mapping = """{"EventSourceMappings":[{"UUID":"u","State":"Enabled","FunctionArn":"arn:aws:lambda:eu-central-1:123456789012:function:drain"}]}""";

    private static readonly DrainOptions Options = new() { QueueUrl = "https://queue" };

    [Theory]
    [InlineData("Allow", "drain may send itself tickets", "Good")]
    [InlineData("Terminate", "Lambda stops drain after 16 tickets", "Error")]
    public async Task The_recursion_setting_is_read_from_the_function_that_reads_the_queue(string setting, string text, string severity)
    {
        var findings = await CheckAsync(request => request.Contains("recursion-config", StringComparison.Ordinal) ? $$"""{"RecursiveLoop":"{{setting}}"}""" : null);

        Assert.Equal(severity, Assert.Single(findings, finding => finding.Text.Contains(text, StringComparison.Ordinal)).Severity.ToString());
    }

    [Fact]
    public async Task Another_rule_that_listens_for_the_same_hook_is_found()
    {
        var findings = await CheckAsync(request =>
            request.Contains("ListRules", StringComparison.Ordinal)
                ? """
                  {"Rules":[
                    {"Name":"ours","State":"ENABLED","EventPattern":"{\"detail\":{\"LifecycleHookName\":[\"target-drain\"]}}"},
                    {"Name":"theirs","State":"ENABLED","EventPattern":"{\"detail\":{\"LifecycleHookName\":[\"other\",\"target-drain\"]}}"},
                    {"Name":"off","State":"DISABLED","EventPattern":"{\"detail\":{\"LifecycleHookName\":[\"target-drain\"]}}"},
                    {"Name":"spot","State":"ENABLED","EventPattern":"{\"source\":[\"aws.ec2\"]}"}]}
                  """
                : request.Contains("ListTargetsByRule", StringComparison.Ordinal)
                    ? request.Contains("ours", StringComparison.Ordinal) ? $$"""{"Targets":[{"Arn":"{{QueueArn}}"}]}""" : """{"Targets":[{"Arn":"arn:aws:sqs:eu-central-1:123456789012:blue"}]}"""
                    : null);

        Assert.Contains(findings, finding => finding is { Severity: Severity.Good } && finding.Text.StartsWith("A rule sends actions", StringComparison.Ordinal));
        var warning = Assert.Single(findings, finding => finding.Severity == Severity.Warning);
        Assert.StartsWith("The rule theirs listens for the hook target-drain too, and sends to arn:aws:sqs:eu-central-1:123456789012:blue.", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_event_source_and_a_missing_rule_are_found()
    {
        var findings = await CheckAsync(request => request.Contains("event-source-mappings", StringComparison.Ordinal) ? Mapping.Replace("Enabled", "Disabled", StringComparison.Ordinal) : null);

        Assert.Contains(findings, finding => finding.Text.Contains("disabled: nobody reads the queue", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Text.StartsWith("No enabled rule sends", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_may_not_be_read_is_a_note()
    {
        var findings = await CheckAsync(_ => """{"__type":"AccessDeniedException","message":"no"}""", HttpStatusCode.Forbidden);

        Assert.All(findings, finding => Assert.Equal(Severity.Note, finding.Severity));
        Assert.Contains(findings, finding => finding is { Text: "lambda:ListEventSourceMappings is not answered: AWS answered AccessDeniedException: no", WhatToDo: "Grant lambda:ListEventSourceMappings to yourself." });
        Assert.Contains(findings, finding => finding.WhatToDo == "Grant events:ListRules to yourself.");
    }

    [Theory]
    [InlineData("""{"FunctionName":"drain","State":"Failed","StateReason":"its key is gone"}""", "The function drain is Failed: its key is gone.")]
    [InlineData("""{"FunctionName":"drain","State":"Active","LastUpdateStatus":"Failed","LastUpdateStatusReason":"too large"}""", "The last update of drain failed, and it runs as it was before: too large.")]
    public async Task A_function_that_does_not_run_as_it_was_deployed_is_told_with_the_reason(string configuration, string text)
    {
        var findings = await CheckAsync(request => request.Contains("/functions/drain/configuration", StringComparison.Ordinal) ? configuration : null);

        Assert.Contains(findings, finding => finding.Severity == Severity.Error && finding.Text == text);
    }

    [Fact]
    public async Task A_reserved_concurrency_of_zero_stops_everything()
    {
        var findings = await CheckAsync(request => request.Contains("/concurrency", StringComparison.Ordinal) ? """{"ReservedConcurrentExecutions":0}""" : null);

        Assert.Contains(findings, finding => finding.Severity == Severity.Error && finding.Text.StartsWith("drain may not run at all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_rule_with_a_pattern_that_holds_our_hook_is_found()
    {
        var findings = await CheckAsync(request => request.Contains("ListRules", StringComparison.Ordinal)
            ? """{"Rules":[{"Name":"theirs","State":"ENABLED","EventPattern":"{\"detail\":{\"LifecycleHookName\":[{\"wildcard\":\"target-*\"}]}}"}]}"""
            : request.Contains("ListTargetsByRule", StringComparison.Ordinal) ? """{"Targets":[{"Arn":"arn:aws:sqs:eu-central-1:123456789012:blue"}]}""" : null);

        Assert.Contains(findings, finding => finding.Text.StartsWith("The rule theirs listens for the hook target-* too", StringComparison.Ordinal));
    }

    // The expected ones were made with botocore's SigV4Auth.
    [Fact]
    public async Task Calls_are_signed_as_aws_expects()
    {
        var answers = new Answers(_ => null, HttpStatusCode.OK);
        var calls = Calls(answers);
        await calls.PostAsync("events", "AWSEvents.ListRules", "{}", InstallationJson.Default.RuleList, default);
        await calls.GetAsync(
            "lambda", "/2015-03-31/event-source-mappings", $"EventSourceArn={Uri.EscapeDataString(QueueArn)}", InstallationJson.Default.EventSourceList, default);

        Assert.Equal(
            [
                "20260101T000000Z AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-central-1/events/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, "
                + "Signature=74c37624f7975dddd9f45311f25755e6b896101ab543416b8fd431fed9ea7813",
                "20260101T000000Z AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-central-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, "
                + "Signature=fcf28ecc701355d4013e87ffdfe87865c4aa8a4433a92ed351c267fe4fd8850b",
            ],
            answers.Signatures);
    }

    private static async Task<List<Finding>> CheckAsync(Func<string, string?> answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var calls = new InstallationCalls(Calls(new Answers(answer, status)));
        var findings = new List<Finding>();
        await foreach (var finding in new FunctionCheck(calls, expected: null).RunAsync([QueueArn], default)) findings.Add(finding);
        var none = new Dictionary<string, string>();
        await foreach (var finding in new RuleCheck(calls, Options, none, none).RunAsync([QueueArn], default)) findings.Add(finding);
        return findings;
    }

    private static SignedCalls Calls(HttpMessageHandler answers) => new(
        new AmazonSQSConfig { RegionEndpoint = Amazon.RegionEndpoint.EUCentral1, DefaultAWSCredentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret") },
        answers, new VirtualClock(), Account.RateLimited(TimeProvider.System));

    /// <summary>Lambda and EventBridge with an installation that is in order, but for what a test answers itself.</summary>
    private sealed class Answers(Func<string, string?> own, HttpStatusCode status) : HttpMessageHandler
    {
        public List<string> Signatures { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var text = $"{request.RequestUri} {string.Join(' ', request.Headers.Where(header => header.Key == "X-Amz-Target").SelectMany(header => header.Value))} {body}";
            Signatures.Add($"{request.Headers.GetValues("X-Amz-Date").Single()} {request.Headers.GetValues("Authorization").Single()}");
            var answer = own(text) ?? (
                text.Contains("event-source-mappings", StringComparison.Ordinal) ? Mapping :
                text.Contains("recursion-config", StringComparison.Ordinal) ? """{"RecursiveLoop":"Allow"}""" :
                text.Contains("/configuration", StringComparison.Ordinal) ? """{"FunctionName":"drain","State":"Active","LastUpdateStatus":"Successful"}""" :
                text.Contains("/concurrency", StringComparison.Ordinal) ? "{}" : """{"Rules":[]}""");
            var response = new HttpResponseMessage(status) { Content = new StringContent(answer) };
            response.Headers.Add("x-amzn-RequestId", "r");
            return response;
        }
    }
}
