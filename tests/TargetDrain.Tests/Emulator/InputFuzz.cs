using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Wire;
using ValueType = TargetDrain.Emulator.Wire.ValueType;

namespace TargetDrain.Tests.Emulator;

/// <summary>
/// Calls of every operation with parameters made up from its model: what is allowed, what is near it, and what is
/// nonsense; names and ids mostly of things that are there, so that calls get past the door. The same seed, the same calls.
/// </summary>
internal sealed class InputFuzz(World world, int seed)
{
    private static readonly (string Service, string Target)[] Services =
    [
        ("elasticloadbalancing", ""), ("autoscaling", ""), ("ec2", ""), ("sts", ""), ("cloudformation", ""), ("sqs", "AmazonSQS."), ("events", "AWSEvents."),
        ("monitoring", "GraniteServiceVersion20100801."),
    ];

    private static readonly string[] Nonsense =
    [
        "", " ", "x", "-1", "0", "1", "2147483648", "1e9", "NaN", "true", "null", "{}", "[]", "{\"a\":", "\u0000", "\ud83d\ude00", "<&>\"'", "a b", "a**b", "../..", "$Latest",
        "10.0.0.0/8", "10.0.0.0/24", "0.0.0.0/0", "::/0", "fe80::1", "arn:aws:sqs:us-east-1:123456789012:none", "arn:", "i-0123456789abcdef0", "autoscaling:EC2_INSTANCE_TERMINATING",
        "CONTINUE", "us-east-1a", "default", "HTTP", "{\"source\":[\"mine\"]}", "{\"source\":[{\"prefix\":5}]}", "ami-12345678",
        "{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":1}", new('a', 300), new('9', 40),
    ];

    private readonly Random random = new(seed);

    /// <summary>One call. Its own description for a message, and the answer.</summary>
    public async Task<(string Call, WireResponse Answer)> NextAsync()
    {
        var (service, target) = Services[random.Next(Services.Length)];
        var model = ServiceModel.Of(service);
        var operation = model.Operations[random.Next(model.Operations.Count)];
        var shape = model.Operation(operation)!;
        if (target.Length > 0)
        {
            var input = Object(model, shape, 0);
            // A long poll would only wait.
            if (operation == "ReceiveMessage") input["WaitTimeSeconds"] = 0;
            var body = input.ToJsonString();
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Amz-Target"] = target + operation };
            return ($"{service} {operation} {body}", await world.Endpoint.HandleAsync(new WireRequest("/", headers, Encoding.UTF8.GetBytes(body))));
        }
        var parameters = new List<(string, string)>();
        Members(model, shape, "", service == "ec2", parameters, 0);
        var request = QueryCaller.Request(service, operation, "AKIAFUZZ", [.. parameters]);
        return ($"{service} {operation} {string.Join('&', parameters)}", await world.Endpoint.HandleAsync(request));
    }

    private void Members(ServiceModel model, ShapeRule shape, string prefix, bool isEc2, List<(string, string)> into, int depth)
    {
        foreach (var member in shape.Members.Values)
            if (random.Next(100) < (member.IsRequired ? 93 : 30)) Value(model, member.Name, member.Value, prefix + member.Name, isEc2, into, depth);
        if (random.Next(40) == 0) into.Add(($"{prefix}Colour", "red"));
    }

    private void Value(ServiceModel model, string name, ValueRule rule, string path, bool isEc2, List<(string, string)> into, int depth)
    {
        if (depth > 4 || random.Next(60) == 0) into.Add((path, Pick(Nonsense)));
        else if (rule.Type == ValueType.Structure) Members(model, model.Structure(rule.Structure!), $"{path}.", isEc2, into, depth + 1);
        else if (rule.Type == ValueType.List)
            for (int number = 1, count = random.Next(4); number <= count; number++)
                Value(model, name, rule.Item!, $"{path}{(isEc2 ? "" : ".member")}.{(random.Next(50) == 0 ? number + 1 : number)}", isEc2, into, depth + 1);
        else if (rule.Type == ValueType.Map)
            for (int number = 1, count = random.Next(3); number <= count; number++)
            {
                if (random.Next(20) > 0) into.Add(($"{path}.entry.{number}.key", Pick(Nonsense)));
                Value(model, name, rule.Item!, $"{path}.entry.{number}.value", isEc2, into, depth + 1);
            }
        else into.Add((path, Text(name, rule)));
    }

    private JsonObject Object(ServiceModel model, ShapeRule shape, int depth)
    {
        var result = new JsonObject();
        foreach (var member in shape.Members.Values)
            if (random.Next(100) < (member.IsRequired ? 93 : 30)) result[member.Name] = Node(model, member.Name, member.Value, depth);
        if (random.Next(40) == 0) result["Colour"] = "red";
        return result;
    }

    private JsonNode? Node(ServiceModel model, string name, ValueRule rule, int depth)
    {
        if (depth > 4 || random.Next(25) == 0) return WrongKind();
        return rule.Type switch
        {
            ValueType.Structure => Object(model, model.Structure(rule.Structure!), depth + 1),
            ValueType.List => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Node(model, name, rule.Item!, depth + 1))]),
            ValueType.Map => new JsonObject(Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(2) == 0
                ? Pick("VisibilityTimeout", "DelaySeconds", "RedrivePolicy", "Policy", "AWSTraceHeader") : Pick(Nonsense)).Distinct()
                .Select(key => KeyValuePair.Create(key, Node(model, name, rule.Item!, depth + 1)))),
            ValueType.Whole => random.Next(10) == 0 ? random.NextInt64() : random.Next(-5, 50),
            ValueType.Decimal or ValueType.Time => random.NextDouble() * 1e12 - 1e11,
            ValueType.Flag => random.Next(2) == 0,
            ValueType.Bytes => random.Next(3) == 0 ? "AQI=" : Pick(Nonsense),
            _ => Text(name, rule),
        };
    }

    private JsonNode? WrongKind() => random.Next(7) switch
    {
        0 => null,
        1 => 5,
        2 => 1.5,
        3 => true,
        4 => new JsonArray(5, null, "x"),
        5 => new JsonObject { ["a"] = null },
        _ => Pick(Nonsense),
    };

    private string Text(string name, ValueRule rule)
    {
        if (random.Next(8) == 0) return Pick(Nonsense);
        if (rule.OneOf is { } values && random.Next(10) > 0) return values[random.Next(values.Count)];
        if (rule.Type == ValueType.Flag) return Pick("true", "false", "True", "perhaps");
        if (rule.Type == ValueType.Whole)
            return (random.Next(4) switch { 0 => (rule.Min ?? 1) - 1, 1 => (rule.Max ?? 8) + 1, 2 => random.Next(1, 5), _ => random.NextInt64(rule.Min ?? 0, Math.Min(rule.Max ?? 9, 1000) + 1) })
                .ToString(CultureInfo.InvariantCulture);
        return Known(name) ?? $"name-{random.Next(6)}";
    }

    /// <summary>Something that is there and could be meant by the name.</summary>
    private string? Known(string name) => name switch
    {
        "TargetGroupArn" or "TargetGroupArns" or "TargetGroupARNs" => One(world.LoadBalancing.TargetGroups, group => group.Arn),
        "LoadBalancerArn" or "LoadBalancerArns" => One(world.LoadBalancing.LoadBalancers, balancer => balancer.Arn),
        "ResourceArns" => random.Next(2) == 0 ? One(world.LoadBalancing.TargetGroups, group => group.Arn) : One(world.LoadBalancing.LoadBalancers, balancer => balancer.Arn),
        "InstanceId" or "InstanceIds" or "Id" or "ResourceId" => One(world.Compute.Instances, instance => instance.Id),
        "VpcId" => One(world.Compute.Vpcs, vpc => vpc.Id),
        "SubnetId" or "Subnets" or "VPCZoneIdentifier" => One(world.Compute.Subnets, subnet => subnet.Id),
        "AutoScalingGroupName" or "AutoScalingGroupNames" => random.Next(3) == 0 ? null : One(world.AutoScaling.Groups, group => group.Name),
        "QueueUrl" => One(world.Queues.List(), world.Queues.UrlOf),
        "Arn" or "TargetArn" or "NotificationTargetARN" => One(world.Queues.List(), queue => queue.Arn),
        "NetworkInterfaceId" => One(world.Compute.Instances.SelectMany(instance => instance.Interfaces).ToList(), card => card.Id),
        "AvailabilityZones" or "AvailabilityZone" => "us-east-1a",
        "ImageId" => "ami-12345678",
        "InstanceType" => "m7g.large",
        "CidrBlock" => $"10.{random.Next(256)}.{random.Next(256)}.0/{random.Next(14, 30)}",
        "EventPattern" => "{\"source\":[\"mine\"]}",
        "ScheduleExpression" => Pick("rate(1 minute)", "rate(2 hours)", "cron(0/5 * * * ? *)", "cron(0 0 29 2 ? 2096)", "rate(2147483648 days)", "rate(99999999 days)"),
        "MessageGroupId" or "MessageDeduplicationId" or "ReceiveRequestAttemptId" => Pick("g", "h"),
        "Detail" or "Event" => "{}",
        "LifecycleTransition" => Pick("autoscaling:EC2_INSTANCE_TERMINATING", "autoscaling:EC2_INSTANCE_LAUNCHING"),
        "LifecycleActionResult" or "DefaultResult" => Pick("CONTINUE", "ABANDON"),
        "LifecycleActionToken" => One(world.AutoScaling.Groups.SelectMany(group => group.Members).SelectMany(member => member.Actions).ToList(), action => action.Token),
        "ResourceType" => Pick("instance", "vpc", "auto-scaling-group"),
        "DataType" => Pick("String", "Number", "Binary"),
        _ => null,
    };

    private string? One<T>(IReadOnlyList<T> list, Func<T, string> text) => list.Count == 0 ? null : text(list[random.Next(list.Count)]);

    private string Pick(params string[] texts) => texts[random.Next(texts.Length)];
}
