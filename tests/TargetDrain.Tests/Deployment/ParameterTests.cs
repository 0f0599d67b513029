using System.Collections;
using System.Globalization;
using System.Reflection;
using Xunit;

namespace TargetDrain.Tests.Deployment;

public sealed class ParameterTests
{
    // The template makes the queues.
    private static readonly string[] QueueUrls = ["QUEUE_URL", "URGENT_QUEUE_URL", "BULLETIN_QUEUE_URL", "RECONCILE_QUEUE_URL"];

    public static TheoryData<string> Names => [.. Stack.ParameterNames];

    [Fact]
    public void The_template_sets_the_variables_that_the_function_reads_and_no_others()
    {
        var read = new SortedSet<string>(StringComparer.Ordinal);
        var variables = new Stack().Environment;
        DrainOptions.FromEnvironment(name =>
        {
            read.Add(name);
            return variables.GetValueOrDefault(name);
        });

        Assert.Equal(read, variables.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_variable_but_the_queues_can_be_set_by_a_parameter()
    {
        var reachable = Stack.ParameterNames.SelectMany(VariablesOf).ToHashSet();

        Assert.Equal(new Stack().Environment.Keys.Except(QueueUrls).Order(), reachable.Order());
    }

    [Fact]
    public void The_defaults_are_those_of_the_function()
    {
        var variables = new Stack().Environment;

        Assert.Equal(
            Described(DrainOptions.FromEnvironment(name => QueueUrls.Contains(name) ? variables[name] : null)),
            Described(new Stack().Options));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_function_takes_every_value_that_the_template_allows(string name)
    {
        if (VariablesOf(name).Count == 0) return;
        foreach (var value in AllowedValues(name))
            Assert.Null(Record.Exception(() => new Stack((name, value)).Options));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_function_refuses_the_numbers_that_the_template_refuses(string name)
    {
        var parameter = Stack.Parameter(name);
        if (VariablesOf(name).Count == 0 || !parameter.ContainsKey("MinValue")) return;
        foreach (var value in new[] { parameter["MinValue"].Whole() - 1, parameter["MaxValue"].Whole() + 1 })
            Assert.Throws<ConfigurationException>(() => new Stack((name, value.ToString(CultureInfo.InvariantCulture))).Options);
    }

    [Theory]
    [InlineData("", "", "only", null)]
    [InlineData("drain", "", "only", "drain||Only")]
    [InlineData("drain", "yes", "except", "drain|yes|Except")]
    public void Key_value_and_mode_make_the_tag(string key, string value, string mode, string? expected)
    {
        var options = new Stack(("TargetGroupTagKey", key), ("TargetGroupTagValue", value), ("TargetGroupTagMode", mode)).Options;

        Assert.Equal(expected, options.TargetGroupTag is { } tag ? $"{tag.Key}|{tag.Value}|{(options.TargetGroupTagExcludes ? "Except" : "Only")}" : null);
    }

    [Fact]
    public void A_hook_is_named_as_its_stack_unless_told_otherwise_so_two_stacks_do_not_end_each_others_drains()
    {
        var second = new Stack("target-drain-blue", ("AutoScalingGroupName", "web"));

        Assert.Equal(["target-drain-blue"], second.Options.LifecycleHookNames);
        Assert.Equal("target-drain-blue", Assert.Single(second.Properties("LifecycleRule")["EventPattern"]!["detail"]!["LifecycleHookName"].Texts()));
        Assert.Equal("target-drain-blue", second.Properties("TerminatingHook")["LifecycleHookName"].Text());
        Assert.Equal("target-drain-blue", second.Output("LifecycleHookName"));
        Assert.Contains("--lifecycle-hook-name target-drain-blue", second.Output("AddHookCommand"), StringComparison.Ordinal);
        Assert.Contains("same Region", Stack.Description, StringComparison.Ordinal);
        Assert.InRange(Stack.Description.Length, 1, 1024);
    }

    [Fact]
    public void A_pattern_stands_for_the_names()
    {
        var stack = new Stack(("LifecycleHookPattern", "web-*-drain"), ("LifecycleHookNames", "ship-logs"));

        Assert.Equal(["web-*-drain"], stack.Options.LifecycleHookNames);
        Assert.Equal("web-*-drain", stack.Output("LifecycleHookName"));
        Assert.Contains("--lifecycle-hook-name HOOK ", stack.Output("AddHookCommand"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_is_whatever_was_chosen()
    {
        var network = new Stack(("VpcSubnetIds", "subnet-0123456789abcdef0,subnet-0123456789abcdef1"), ("VpcSecurityGroupIds", "sg-0123456789abcdef0"))
            .Function["VpcConfig"]!;

        Assert.Equal(["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"], network["SubnetIds"].Texts());
        Assert.Equal(["sg-0123456789abcdef0"], network["SecurityGroupIds"].Texts());
        Assert.False(new Stack().Function.ContainsKey("VpcConfig"));
    }

    [Fact]
    public void A_key_of_ones_own_encrypts_all_that_is_kept()
    {
        const string key = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
        var stack = new Stack(("KmsKeyArn", key));

        Assert.All(stack.OfType("AWS::SQS::Queue"), queue => Assert.Equal(key, queue.Properties["KmsMasterKeyId"].Text()));
        Assert.All(stack.OfType("AWS::SQS::Queue"), queue => Assert.Equal("false", queue.Properties["SqsManagedSseEnabled"].Text()));
        Assert.Equal(key, stack.Properties("LogGroup")["KmsKeyId"].Text());
        Assert.Equal(key, stack.Function["KmsKeyArn"].Text());
    }

    [Fact]
    public void The_log_survives_its_stack_and_no_name_is_taken_twice()
    {
        Assert.False(new Stack().Properties("LogGroup").ContainsKey("LogGroupName"));
        Assert.Equal("RetainExceptOnCreate", Stack.Attribute("LogGroup", "DeletionPolicy"));
        Assert.Equal("LogGroup", new Stack().Function["LoggingConfig"]!["LogGroup"].Text());
    }

    [Fact]
    public void Loops_are_allowed_unless_the_setting_is_unknown()
    {
        Assert.Equal("Allow", new Stack().Function["RecursiveLoop"].Text());
        Assert.False(new Stack(("RecursiveLoop", "Unset")).Function.ContainsKey("RecursiveLoop"));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_parameter_says_what_it_is_for_and_what_it_allows(string name)
    {
        var parameter = Stack.Parameter(name);

        Assert.NotEmpty(parameter["Description"].Text());
        Assert.True(
            parameter.ContainsKey("AllowedValues") || parameter.ContainsKey("AllowedPattern") || parameter.ContainsKey("MinValue") ||
            parameter.ContainsKey("MaxLength"), "Nothing limits it.");
        if (parameter.ContainsKey("AllowedPattern")) Assert.NotEmpty(parameter["ConstraintDescription"].Text());
        if (parameter["Type"].Text() == "Number")
            Assert.InRange(parameter["Default"].Whole(), parameter["MinValue"]?.Whole() ?? int.MinValue, parameter["MaxValue"]?.Whole() ?? int.MaxValue);
        if (parameter["AllowedValues"] is { } values) Assert.Contains(parameter["Default"].Text(), values.Texts());
        if (parameter["AllowedPattern"] is { } pattern) Assert.Matches($"^(?:{pattern.Text()})$", parameter["Default"].Text());
    }

    [Theory]
    [InlineData("LifecycleHookNames", "target drain")]
    [InlineData("LifecycleHookNames", "web-*-drain")]
    [InlineData("LifecycleHookPattern", "web *")]
    [InlineData("LifecycleHookPattern", "web-*,app-*")]
    [InlineData("LifecycleHookPattern", "web-?")]
    [InlineData("LifecycleHookPattern", "web-**-drain")]
    [InlineData("VpcSubnetIds", "subnet-0123456789abcdef0, subnet-0123456789abcdef1")]
    [InlineData("VpcSecurityGroupIds", "default")]
    [InlineData("KmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:alias/mine")]
    [InlineData("RolePath", "platform")]
    [InlineData("NotificationRoleArns", "*")]
    [InlineData("NotificationTopicArns", "arn:aws:sqs:eu-central-1:123456789012:queue")]
    [InlineData("TargetGroupTagKey", "a\"b")]
    [InlineData("TargetGroupTagKey", "a=b")]
    [InlineData("TargetGroupTagValue", "${aws:username}")]
    [InlineData("TargetGroupNames", "web_1")]
    [InlineData("InstanceTag", "=yes")]
    [InlineData("AutoScalingGroupNames", "a,b")]
    [InlineData("VpcIds", "vpc-xyz")]
    [InlineData("PermissionsBoundaryArn", "boundary")]
    [InlineData("AlarmEmail", "nobody")]
    public void Nonsense_is_refused_before_anything_is_deployed(string name, string value) =>
        Assert.DoesNotMatch($"^(?:{Stack.Parameter(name)["AllowedPattern"].Text()})$", value);

    [Fact]
    public void Every_parameter_stands_in_one_group_and_has_a_label()
    {
        var grouped = Stack.Interface["ParameterGroups"]!.AsArray().SelectMany(group => group!["Parameters"].Texts());

        Assert.Equal(Stack.ParameterNames.Order(), grouped.Order());
        Assert.Equal(Stack.ParameterNames.Order(), Stack.Interface["ParameterLabels"]!.AsObject().Select(label => label.Key).Order());
    }

    [Fact]
    public void Every_output_can_be_worked_out()
    {
        var stack = new Stack();

        Assert.All(Stack.OutputNames, name => Assert.NotEmpty(stack.Output(name)));
        Assert.Contains("--lifecycle-hook-name target-drain", stack.Output("AddHookCommand"), StringComparison.Ordinal);
        Assert.StartsWith("https://eu-central-1.console.aws.amazon.com/cloudwatch/", stack.Output("DashboardUrl"), StringComparison.Ordinal);
    }

    // Those whose value changes with the parameter. A tag's value counts only where there is a key.
    internal static List<string> VariablesOf(string parameter)
    {
        (string, string)[] others = parameter == "TargetGroupTagKey" ? [] : [("TargetGroupTagKey", "k")];
        var before = new Stack(others).Environment;
        var after = new Stack([.. others, (parameter, AnotherValue(parameter))]).Environment;
        return [.. after.Where(variable => before[variable.Key] != variable.Value).Select(variable => variable.Key)];
    }

    private static string AnotherValue(string name)
    {
        var parameter = Stack.Parameter(name);
        return AllowedValues(name).FirstOrDefault(value => value != parameter["Default"].Text()) ?? $"{parameter["Default"].Text()}x";
    }

    private static IReadOnlyList<string> AllowedValues(string name)
    {
        var parameter = Stack.Parameter(name);
        if (parameter["AllowedValues"] is { } values) return values.Texts();
        return parameter["Type"].Text() == "Number" ? [parameter["MinValue"].Text(), parameter["MaxValue"].Text()] : [];
    }

    private static IEnumerable<string> Described(DrainOptions options) =>
        typeof(DrainOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => $"{property.Name} = {Describe(property.GetValue(options))}");

    private static string Describe(object? value) => value is IEnumerable items and not string
        ? string.Join(", ", items.Cast<object>().Select(item => item.ToString()).Order())
        : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
