using System.Diagnostics;
using System.Net;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Wire;
using TargetDrain.Tests.Documentation;
using Xunit;

namespace TargetDrain.Tests.Local;

/// <summary>What clients of their own processes meet at "serve".</summary>
public sealed class ServeTests
{
    private const int Latency = 300;

    // The bucket gives 20 at once: no machine is so slow that 4 more a second make up for the rest within the client's timeout.
    private const int Burst = 20;
    private const int Calls = 60;

    private const string Deregister =
        "Action=DeregisterTargets&TargetGroupArn=arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/none/0123456789abcdef&Targets.member.1.Id=i-0123456789abcdef0";

    [Fact]
    public async Task Calls_take_their_time_and_a_call_too_many_is_throttled()
    {
        using var serve = LocalProgram.Start("serve", "--port", "0", "--empty", "--latency", $"{Latency}", "--api-limits");
        try
        {
            var url = (await serve.StandardOutput.ReadLineAsync())!["Ready: AWS_ENDPOINT_URL=".Length..];
            var told = await LinesAsync(serve, "Ctrl-C ends it.");
            Assert.Contains($"  calls  {Latency} ms each, throttled at AWS's documented limits", told);

            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            var asked = TimeProvider.System.GetTimestamp();
            using var look = await client.PostAsync(new Uri(url), Form("Action=DescribeTargetGroups"));
            var took = TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds;
            // Timers may be early by one tick of the system's.
            Assert.True(took >= Latency - 20, $"{took} ms");
            Assert.Equal(HttpStatusCode.OK, look.StatusCode);

            var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(async _ =>
            {
                using var answer = await client.PostAsync(new Uri(url), Form(Deregister));
                return (answer.StatusCode, Text: await answer.Content.ReadAsStringAsync());
            }));
            var throttled = answers.Where(answer => answer.Text.Contains("<Code>Throttling</Code>", StringComparison.Ordinal)).ToList();
            Assert.InRange(throttled.Count, 1, Calls - Burst);
            Assert.All(throttled, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        }
        finally
        {
            serve.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Without_them_nothing_is_slow()
    {
        using var serve = LocalProgram.Start("serve", "--port", "0", "--empty");
        try
        {
            Assert.DoesNotContain(await LinesAsync(serve, "Ctrl-C ends it."), line => line.StartsWith("  calls  ", StringComparison.Ordinal));
        }
        finally
        {
            serve.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("ELBv2 Describe*", "elasticloadbalancing", "DescribeTargetHealth")]
    [InlineData("ELBv2 RegisterTargets and DeregisterTargets together", "elasticloadbalancing", "DeregisterTargets")]
    [InlineData("ELBv2, other changes", "elasticloadbalancing", "ModifyTargetGroupAttributes")]
    [InlineData("EC2, reads and changes each; Auto Scaling altogether", "ec2", "DescribeInstances")]
    [InlineData("EC2, reads and changes each; Auto Scaling altogether", "ec2", "TerminateInstances")]
    [InlineData("EC2, reads and changes each; Auto Scaling altogether", "autoscaling", "CompleteLifecycleAction")]
    [InlineData("SQS, EventBridge and others", "sqs", "SendMessageBatch")]
    public void The_document_names_the_limits(string row, string service, string operation)
    {
        var told = MarkdownTable.Read(Repository.At("docs/command-line.md"), "| API | Calls at once, and more each second |").Single(cells => cells[0] == row)[1];
        var limit = new World(TimeProvider.System).Throttle.LimitOf(new ApiCall(service, operation, "", ""));
        Assert.StartsWith(limit is null ? "without limit" : $"{limit.Burst} + {limit.PerSecond}", told, StringComparison.Ordinal);
    }

    private static async Task<List<string>> LinesAsync(Process serve, string last)
    {
        var lines = new List<string>();
        while (await serve.StandardOutput.ReadLineAsync() is { } line && line != last) lines.Add(line);
        return lines;
    }

    private static StringContent Form(string call) => new(
        $"{call}&Version=2015-12-01", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
}
