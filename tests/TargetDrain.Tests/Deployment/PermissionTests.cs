using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.EventBridge;
using Amazon.SQS;
using Xunit;

namespace TargetDrain.Tests.Deployment;

public sealed partial class PermissionTests
{
    // The prefix of a service's IAM actions, and what its client can do.
    private static readonly Dictionary<string, MethodInfo[]> Services = new()
    {
        ["elasticloadbalancing"] = typeof(IAmazonElasticLoadBalancingV2).GetMethods(),
        ["ec2"] = typeof(IAmazonEC2).GetMethods(),
        ["autoscaling"] = typeof(IAmazonAutoScaling).GetMethods(),
        ["sqs"] = typeof(IAmazonSQS).GetMethods(),
        ["events"] = typeof(IAmazonEventBridge).GetMethods(),
    };

    // Lambda reads the queue with the function's role.
    private static readonly string[] OfTheEventSource = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

    private static readonly Stack WithTagScope = new(("TargetGroupTagKey", "drain"));
    private static readonly Stack Telling = new(("PublishEvents", "true"));

    [Fact]
    public void The_function_may_do_what_it_calls_and_nothing_else()
    {
        var called = Calls().Select(call => call.Action).Concat(OfTheEventSource).Distinct();

        Assert.Equal(called.Order(), Granted(WithTagScope).Union(Granted(Telling)).Order());
    }

    [Fact]
    public void Each_call_is_counted_as_the_operation_that_it_is() =>
        Assert.All(Calls(), call => Assert.Equal(call.Method, call.Named));

    [Fact]
    public void No_call_goes_around_the_rate_gates()
    {
        foreach (var (path, text) in Repository.Sources())
        {
            var all = ClientCall().Matches(text).Where(match => ServiceOf(match.Groups["method"].Value) is not null);
            Assert.True(all.Count() == GatedCall().Count(text), $"{path} calls AWS without AwsApi");
        }
    }

    [Fact]
    public void Tags_are_read_only_where_they_decide() =>
        Assert.Equal(["elasticloadbalancing:DescribeTags"], Granted(WithTagScope).Except(Granted(new Stack())));

    [Fact]
    public void Events_are_sent_only_where_they_are_wanted_and_to_the_default_bus_only()
    {
        Assert.Equal(["events:PutEvents"], Granted(Telling).Except(Granted(new Stack())));
        var statement = Assert.Single(Statements(Telling), statement => statement["Action"].Texts().Contains("events:PutEvents"));
        Assert.Equal([$"arn:aws:events:{Stack.Region}:{Stack.Account}:event-bus/default"], statement["Resource"].Texts());
    }

    [Fact]
    public void What_changes_something_is_granted_for_named_resources_only()
    {
        foreach (var statement in Statements(WithTagScope).Concat(Statements(Telling)))
        {
            var resources = statement["Resource"].Texts();
            Assert.NotEmpty(resources);
            if (resources.Contains("*")) Assert.All(statement["Action"].Texts(), action => Assert.Contains(":Describe", action, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("elasticloadbalancing:DeregisterTargets", "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/*/*")]
    [InlineData("autoscaling:CompleteLifecycleAction", "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:*:autoScalingGroupName/*")]
    [InlineData("autoscaling:RecordLifecycleActionHeartbeat", "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:*:autoScalingGroupName/*")]
    [InlineData("sqs:SendMessage", "Queue.Arn", "ReconcileQueue.Arn", "BulletinQueue.Arn")]
    [InlineData("sqs:ChangeMessageVisibility", "Queue.Arn", "UrgentQueue.Arn", "ReconcileQueue.Arn")]
    [InlineData("sqs:ReceiveMessage", "Queue.Arn", "UrgentQueue.Arn", "ReconcileQueue.Arn", "BulletinQueue.Arn")]
    public void Each_where_it_belongs(string action, params string[] resources) =>
        Assert.Equal(
            resources, Statements(new Stack()).Where(statement => statement["Action"].Texts().Contains(action)).SelectMany(statement => statement["Resource"].Texts()));

    [Theory]
    [InlineData("only", "yes", "StringNotEquals", "yes")]
    [InlineData("except", "yes", "StringEquals", "yes")]
    [InlineData("only", "", "Null", "true")]
    [InlineData("except", "", "Null", "false")]
    public void The_tag_scope_is_a_permission_too(string mode, string value, string test, string operand)
    {
        var stack = new Stack(("TargetGroupTagKey", "drain by"), ("TargetGroupTagValue", value), ("TargetGroupTagMode", mode));
        var policy = JsonNode.Parse(stack.Properties("TagScopePolicy")["PolicyDocument"].Text())!;
        var statement = Assert.Single(policy["Statement"]!.AsArray())!;

        Assert.Equal("Deny", statement["Effect"].Text());
        Assert.Equal("elasticloadbalancing:DeregisterTargets", statement["Action"].Text());
        Assert.Equal(operand, statement["Condition"]![test]!["aws:ResourceTag/drain by"].Text());
    }

    [Fact]
    public void The_code_cannot_touch_the_network_interfaces_that_lambda_makes_with_its_role()
    {
        var statement = Assert.Single(new Stack().Properties("NetworkInterfacePolicy")["PolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal("Deny", statement["Effect"].Text());
        Assert.All(statement["Action"].Texts(), action => Assert.DoesNotContain(":Describe", action, StringComparison.Ordinal));
        Assert.Equal("DrainFunction.Arn", statement["Condition"]!["ArnEquals"]!["lambda:SourceFunctionArn"].Text());
    }

    [Fact]
    public void A_key_may_be_used_where_there_is_one()
    {
        const string key = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
        var more = Statements(new Stack(("KmsKeyArn", key))).Where(statement => statement["Resource"].Texts().Contains(key));

        var statement = Assert.Single(more);
        Assert.Equal([key], statement["Resource"].Texts());
        Assert.Equal(["kms:Decrypt", "kms:GenerateDataKey"], statement["Action"].Texts());
        Assert.DoesNotContain(Granted(new Stack()), action => action.StartsWith("kms:", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_accounts_may_forward_what_aws_says_and_nothing_of_their_own()
    {
        var statement = new Stack(("EventAccounts", "210987654321, 333333333333")).Properties("EventAccountsPolicy")["Statement"]!;

        Assert.Equal(["210987654321", "333333333333"], statement["Principal"]!["AWS"].Texts());
        Assert.Equal("events:PutEvents", statement["Action"].Text());
        Assert.All(statement["Condition"]!["StringEquals"]!["events:source"].Texts(), source => Assert.StartsWith("aws.", source, StringComparison.Ordinal));
        Assert.False(new Stack().Has("EventAccountsPolicy"));
    }

    [Fact]
    public void Every_policy_says_which_version_of_the_language_it_is_in()
    {
        Assert.All(new Stack().Function["Policies"]!.AsArray(), policy => Assert.Equal("2012-10-17", policy!["Version"].Text()));
        Assert.Equal("2012-10-17", new Stack().Properties("NetworkInterfacePolicy")["PolicyDocument"]!["Version"].Text());
    }

    [Fact]
    public void Without_a_tag_scope_there_is_no_such_permission() => Assert.False(new Stack().Has("TagScopePolicy"));

    [Fact]
    public void Nothing_is_tied_to_a_partition_region_or_account() =>
        Assert.DoesNotContain(Stack.Words, word => FixedArn().IsMatch(word));

    [Theory]
    [InlineData("Queue", "LifecycleRule", "OperatorRule", "RebalanceRule", "TerminateSuccessfulRule")]
    [InlineData("UrgentQueue", "SpotRule", "StateChangeRule")]
    [InlineData("DeadLetterQueue", "LifecycleRule", "OperatorRule", "RebalanceRule", "SpotRule", "StateChangeRule", "TerminateSuccessfulRule")]
    public void A_queue_lets_in_the_rules_that_send_to_it_and_nobody_else(string queue, params string[] rules)
    {
        var stack = new Stack();
        var allowed = Assert.Single(Statements(stack, $"{queue}Policy"), statement => statement["Effect"].Text() == "Allow");

        Assert.Equal("events.amazonaws.com", allowed["Principal"]!["Service"].Text());
        Assert.Equal("sqs:SendMessage", allowed["Action"].Text());
        Assert.Equal($"{queue}.Arn", allowed["Resource"].Text());
        Assert.Equal([stack.Output($"{queue}Url")], stack.Properties($"{queue}Policy")["Queues"].Texts());
        Assert.Equal(rules.Select(rule => $"{rule}.Arn"), allowed["Condition"]!["ArnEquals"]!["aws:SourceArn"].Texts().Order());
        Assert.Equal(rules, stack.OfType("AWS::Events::Rule").Where(rule => SendsTo(rule.Properties, $"{queue}.Arn")).Select(rule => rule.Name).Order());

        static bool SendsTo(JsonObject rule, string arn) =>
            rule["Targets"]!.AsArray().Any(target => target!["Arn"].Text() == arn || target["DeadLetterConfig"]?["Arn"].Text() == arn);
    }

    [Fact]
    public void Every_queue_refuses_plain_text()
    {
        var stack = new Stack();
        foreach (var (queue, _) in stack.OfType("AWS::SQS::Queue"))
        {
            var denied = Assert.Single(Statements(stack, $"{queue}Policy"), statement => statement["Effect"].Text() == "Deny");
            Assert.Equal($"{queue}.Arn", denied["Resource"].Text());
            Assert.Equal("sqs:*", denied["Action"].Text());
            Assert.Equal("false", denied["Condition"]!["Bool"]!["aws:SecureTransport"].Text());
        }
    }

    [Fact]
    public void Hooks_and_topics_get_in_by_name()
    {
        var stack = new Stack(
            ("NotificationRoleArns", "arn:aws:iam::123456789012:role/hooks"), ("NotificationTopicArns", "arn:aws:sns:eu-central-1:123456789012:hooks"));
        var allowed = Statements(stack, "QueuePolicy").Where(statement => statement["Effect"].Text() == "Allow").ToList();

        Assert.Equal(3, allowed.Count);
        Assert.Equal("arn:aws:iam::123456789012:role/hooks", Assert.Single(allowed[1]["Principal"]!["AWS"].Texts()));
        Assert.Equal("sns.amazonaws.com", allowed[2]["Principal"]!["Service"].Text());
        Assert.Equal("arn:aws:sns:eu-central-1:123456789012:hooks", Assert.Single(allowed[2]["Condition"]!["ArnEquals"]!["aws:SourceArn"].Texts()));
    }

    /// <summary>What the calls are counted under.</summary>
    internal static IEnumerable<string> Operations() => Calls().Select(call => call.Named).Distinct();

    internal static IEnumerable<string> Granted(Stack stack) => Statements(stack).SelectMany(statement => statement["Action"].Texts());

    private static IEnumerable<JsonNode> Statements(Stack stack) =>
        stack.Function["Policies"]!.AsArray().SelectMany(policy => policy!["Statement"]!.AsArray()).Select(statement => statement!);

    private static IEnumerable<JsonNode> Statements(Stack stack, string queuePolicy) =>
        stack.Properties(queuePolicy)["PolicyDocument"]!["Statement"]!.AsArray().Select(statement => statement!);

    // Every AWS call in the sources: the name it is counted under, its client method, and the permission that needs.
    private static List<(string Named, string Method, string Action)> Calls() =>
    [
        .. Repository.Sources()
            .SelectMany(source => GatedCall().Matches(source.Text))
            .Select(match => (match.Groups["operation"].Value, match.Groups["method"].Value, ActionOf(match.Groups["method"].Value))),
    ];

    // The batch forms of SQS calls need the permission of the single ones.
    private static string ActionOf(string method)
    {
        var service = ServiceOf(method) ?? throw new InvalidOperationException($"No client has {method}Async");
        return $"{service}:{(service == "sqs" ? method.Replace("Batch", "", StringComparison.Ordinal) : method)}";
    }

    private static string? ServiceOf(string method) =>
        Services.FirstOrDefault(service => service.Value.Any(candidate => candidate.Name == $"{method}Async")).Key;

    // The client's method is all that the lambda calls, or what its block returns; "return" cannot lie behind the block's end.
    [GeneratedRegex("""
        (Call|Pages)Async\(\s*"(?<operation>\w+)",\s*[\w.]+,\s*(async\s+)?(\w+|\(\w+,\s*\w+\))\s*=>\s*
        (\{([^{}]|\{[^{}]*\})*?return\s+await\s+)?\w+\.(?<method>\w+)Async\(
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex GatedCall();

    [GeneratedRegex(@"\.(?<method>\w+)Async\(")]
    private static partial Regex ClientCall();

    [GeneratedRegex("arn:aws[^$]|[a-z]{2}-[a-z]+-[0-9]|[0-9]{12}")]
    private static partial Regex FixedArn();
}
