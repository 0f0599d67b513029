using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class EndpointTests
{
    private const string Elb = "elasticloadbalancing";
    private readonly VirtualClock clock = new();
    private readonly World world;
    private readonly TargetGroup group;
    private readonly string id;

    public EndpointTests()
    {
        world = new World(clock);
        group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web") { Tags = new Dictionary<string, string> { ["drain"] = "yes" } });
        id = world.Compute.RunInstance().Id;
        world.LoadBalancing.Register(group.Arn, new TargetSpec(id));
    }

    [Fact]
    public void A_burst_of_twenty_deregistrations_passes_and_then_four_a_second() => clock.Run(async () =>
    {
        world.Throttle.IsOn = true;
        Assert.Equal(20, await CountAsync(30));
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Equal(4, await CountAsync(10));
        Assert.Equal((400, "Throttling"), await DeregisterAsync());

        async Task<int> CountAsync(int calls)
        {
            var passed = 0;
            for (var call = 0; call < calls; call++) passed += (await DeregisterAsync()).Status == 200 ? 1 : 0;
            return passed;
        }
    });

    [Fact]
    public void Describing_shares_one_bucket_of_two_hundred() => clock.Run(async () =>
    {
        world.Throttle.IsOn = true;
        for (var call = 0; call < 100; call++)
        {
            await world.CallAsync(Elb, "DescribeTargetGroups");
            await world.CallAsync(Elb, "DescribeTargetHealth", ("TargetGroupArn", group.Arn));
        }
        Assert.Equal((400, "Throttling"), await world.FailAsync(Elb, "DescribeTags", ("ResourceArns.member.1", group.Arn)));
    });

    [Fact]
    public void Throttling_denial_and_expiry_have_the_name_each_service_gives_them() => clock.Run(async () =>
    {
        world.Faults.Add(new FaultRule(Fault.Throttled) { Times = 2 });
        Assert.Equal((400, "Throttling"), await world.FailAsync("autoscaling", "DescribeAutoScalingInstances"));
        Assert.Equal((503, "RequestLimitExceeded"), await world.FailAsync("ec2", "DescribeInstances"));
        world.Faults.Add(new FaultRule(Fault.AccessDenied) { Times = 2 });
        Assert.Equal((403, "AccessDenied"), await world.FailAsync(Elb, "DescribeTargetGroups"));
        Assert.Equal((403, "UnauthorizedOperation"), await world.FailAsync("ec2", "DescribeInstances"));
        world.Faults.Add(new FaultRule(Fault.ExpiredCredentials) { Times = 1 });
        Assert.Equal((403, "ExpiredToken"), await world.FailAsync(Elb, "DescribeTargetGroups"));
    });

    [Fact]
    public void A_fault_strikes_the_nth_matching_call_so_often_and_until_then() => clock.Run(async () =>
    {
        var rule = world.Faults.Add(new FaultRule(Fault.Of("HealthUnavailable", 500, "Not now"))
        {
            Service = Elb,
            Operation = "DescribeTargetHealth",
            When = call => call.Resource == group.Arn,
            Skip = 1,
            Times = 2,
        });
        var statuses = new List<int>();
        for (var call = 0; call < 4; call++)
            statuses.Add((await world.SendAsync(Elb, "DescribeTargetHealth", ("TargetGroupArn", group.Arn))).Status);
        Assert.Equal([200, 500, 500, 200], statuses);
        Assert.Equal(2, world.Faults.HitsOf(rule));
        world.Faults.Add(new FaultRule(Fault.Unavailable) { Until = clock.GetUtcNow().AddSeconds(10) });
        Assert.Equal(503, (await world.SendAsync(Elb, "DescribeTargetGroups")).Status);
        await Task.Delay(TimeSpan.FromSeconds(10), clock);
        Assert.Equal(200, (await world.SendAsync(Elb, "DescribeTargetGroups")).Status);
    });

    [Fact]
    public void A_reset_before_the_effect_changes_nothing_and_one_after_it_does() => clock.Run(async () =>
    {
        using var client = new HttpClient(new EmulatorHttpHandler(world));
        world.Faults.Add(new FaultRule(Fault.ConnectionReset) { Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client));
        Assert.Equal("healthy", Assert.Single(world.LoadBalancing.Targets(group.Arn)).Health.State);
        world.Faults.Add(new FaultRule(Fault.ConnectionResetAfterEffect) { Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client));
        Assert.Equal("draining", Assert.Single(world.LoadBalancing.Targets(group.Arn)).Health.State);
        Assert.Equal(2, world.Journal.Of<ApiCalled>().Count(call => call.ErrorCode == "(no answer)"));
    });

    [Fact]
    public void An_answer_can_be_cut_in_half_or_be_no_xml() => clock.Run(async () =>
    {
        using var client = new HttpClient(new EmulatorHttpHandler(world));
        world.Faults.Add(new FaultRule(Fault.CutInHalf) { Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client));
        world.Faults.Add(new FaultRule(Fault.Malformed) { Times = 1 });
        var response = await PostAsync(client);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        world.Faults.Add(new FaultRule(Fault.ConnectionRefused) { Times = 1 });
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client));
        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
    });

    [Fact]
    public void Latency_and_stalls_pass_on_the_clock_and_a_caller_may_give_up() => clock.Run(async () =>
    {
        world.Latency.Default = TimeSpan.FromMilliseconds(20);
        world.Latency.Set(Elb, "DescribeTargetHealth", TimeSpan.FromMilliseconds(300));
        world.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(60))) { Operation = "DeregisterTargets" });
        var started = clock.GetUtcNow();
        await world.CallAsync(Elb, "DescribeTargetGroups");
        await world.CallAsync(Elb, "DescribeTargetHealth", ("TargetGroupArn", group.Arn));
        Assert.Equal(320, (clock.GetUtcNow() - started).TotalMilliseconds);
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(5), clock);
        var request = QueryCaller.Request(Elb, "DeregisterTargets", "AKIATEST", ("TargetGroupArn", group.Arn), ("Targets.member.1.Id", id));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Endpoint.HandleAsync(request, impatient.Token));
        Assert.Equal("healthy", Assert.Single(world.LoadBalancing.Targets(group.Arn)).Health.State);
    });

    [Fact]
    public void A_principal_with_a_policy_may_do_what_it_allows_and_nothing_else() => clock.Run(async () =>
    {
        world.Permissions.Grant(
            "AKIATEST",
            new PolicyStatement(["elasticloadbalancing:Describe*"], ["*"]),
            new PolicyStatement(["elasticloadbalancing:DeregisterTargets"], ["arn:aws:elasticloadbalancing:*:*:targetgroup/*/*"])
            {
                ResourceTags = new Dictionary<string, IReadOnlyList<string>> { ["drain"] = ["yes"] },
            });
        var untagged = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("other"));
        await world.CallAsync(Elb, "DescribeTargetGroups");
        Assert.Equal(200, (await DeregisterAsync()).Status);
        Assert.Equal(
            (403, "AccessDenied"),
            await world.FailAsync(Elb, "DeregisterTargets", ("TargetGroupArn", untagged.Arn), ("Targets.member.1.Id", id)));
        Assert.Equal((403, "AccessDenied"), await world.FailAsync("autoscaling", "DescribeAutoScalingInstances"));
        var anybody = QueryCaller.Request("autoscaling", "DescribeAutoScalingInstances", "AKIAOTHER");
        Assert.Equal(200, (await world.Endpoint.HandleAsync(anybody)).Status);
    });

    [Fact]
    public void A_json_service_is_answered_in_its_own_envelope() => clock.Run(async () =>
    {
        world.Endpoint.AddJsonService("Example.", "sqs", (operation, input, _) => operation == "SendMessage"
            ? Task.FromResult(new JsonObject { ["Echo"] = (string?)input["MessageBody"] })
            : throw new AwsErrorException("QueueDoesNotExist", "No queue") { QueryCode = "AWS.SimpleQueueService.NonExistentQueue" });
        var sent = await world.Endpoint.HandleAsync(Json("SendMessage"));
        Assert.Equal(("application/x-amz-json-1.0", "{\"Echo\":\"hello\"}"), (sent.ContentType, Encoding.UTF8.GetString(sent.Body.Span)));
        Assert.True(sent.Headers.ContainsKey("x-amzn-RequestId"));
        var failed = await world.Endpoint.HandleAsync(Json("GetQueueUrl"));
        Assert.Equal(400, failed.Status);
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue;Sender", failed.Headers["x-amzn-query-error"]);
        Assert.Equal("com.amazonaws.sqs#QueueDoesNotExist", (string?)JsonNode.Parse(failed.Body.Span)!["__type"]);
        var call = world.Journal.Of<ApiCalled>().First();
        Assert.Equal(("sqs", "SendMessage", "arn:aws:sqs:us-east-1:123456789012:q"), (call.Service, call.Operation, call.Resource));

        static WireRequest Json(string operation) => new(
            "/",
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Amz-Target"] = $"Example.{operation}" },
            "{\"QueueUrl\":\"http://localhost/123456789012/q\",\"MessageBody\":\"hello\"}"u8.ToArray());
    });

    [Fact]
    public void An_operation_that_is_not_there_is_an_invalid_action() => clock.Run(async () =>
        Assert.Equal((400, "InvalidAction"), await world.FailAsync(Elb, "DescribeAccountLimits")));

    private Task<(int Status, string? Code)> DeregisterAsync() =>
        world.FailAsync(Elb, "DeregisterTargets", ("TargetGroupArn", group.Arn), ("Targets.member.1.Id", "i-12345678901234567"));

    private async Task<HttpResponseMessage> PostAsync(HttpClient client)
    {
        var request = QueryCaller.Request(Elb, "DeregisterTargets", "AKIATEST", ("TargetGroupArn", group.Arn), ("Targets.member.1.Id", id));
        using var message = new HttpRequestMessage(HttpMethod.Post, "http://localhost/")
        {
            Content = new ByteArrayContent(request.Body.ToArray()),
        };
        message.Headers.TryAddWithoutValidation("Authorization", request.Header("Authorization"));
        return await client.SendAsync(message);
    }
}
