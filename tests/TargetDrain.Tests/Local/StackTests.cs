using TargetDrain.Emulator.Faults;
using TargetDrain.Local;
using TargetDrain.Local.Commands;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Local;

/// <summary>Commands work by the deployed stack, or say why they cannot.</summary>
public sealed class StackTests
{
    [Fact]
    public async Task The_stack_of_the_default_name_counts_without_being_named()
    {
        using var account = new DemoAccount();
        Change(account, variables => variables["TARGET_GROUP_NAMES"] = "pods-*");
        var (exit, output) = await account.RunAsync(PlanCommand.RunAsync, $"plan {account.Demo.Stray.Id}");
        Assert.Equal(0, exit);
        Assert.StartsWith(
            "In account 123456789012, us-east-1, as arn:aws:iam::123456789012:user/local\nBy the stack target-drain (CREATE_COMPLETE, version 1.0.0), function target-drain.\n",
            output, StringComparison.Ordinal);
        Assert.Contains("Scope: names pods-*. Nothing has been changed.", output, StringComparison.Ordinal);
        Assert.Contains("shop-web", output[output.IndexOf("Skipped", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hooks_are_those_of_the_stacks_function_with_its_wildcards()
    {
        using var account = new DemoAccount();
        Change(account, variables => variables["LIFECYCLE_HOOK_NAMES"] = "target-*");
        var (_, output) = await account.RunAsync(HooksCommand.ListAsync, "hooks list");
        Assert.Matches("shop +2 +target-drain, 30 s, then ABANDON", output);
    }

    [Theory]
    [InlineData("target-drian", "There is no stack named target-drian in account 123456789012, us-east-1. Stacks of TargetDrain there: target-drain. Did you mean target-drain?")]
    [InlineData("broken", "The stack broken in account 123456789012, us-east-1 is ROLLBACK_COMPLETE (The following resource(s) failed to create: [Queue]): there is no installation to work with.")]
    [InlineData("other", "The stack other in account 123456789012, us-east-1 (CREATE_COMPLETE) has no output FunctionName and QueueUrl, so it is none of TargetDrain. It has: BucketName.")]
    [InlineData("orphan", "The stack orphan in account 123456789012, us-east-1 names the function gone, which does not exist any more.")]
    public async Task A_stack_that_is_none_to_work_with_is_told_with_what_is_there(string name, string sentence)
    {
        using var account = new DemoAccount();
        var ours = account.World.Stack.Stack("target-drain")!;
        account.World.Stack.Add(ours with { Name = "broken", Arn = "arn:broken", Status = "ROLLBACK_COMPLETE", StatusReason = "The following resource(s) failed to create: [Queue]" });
        account.World.Stack.Add(ours with { Name = "other", Arn = "arn:other", Outputs = new Dictionary<string, string> { ["BucketName"] = "b" } });
        account.World.Stack.Add(ours with { Name = "orphan", Arn = "arn:orphan", Outputs = new Dictionary<string, string> { ["FunctionName"] = "gone", ["QueueUrl"] = "https://q" } });
        var problem = await Assert.ThrowsAsync<WrongUseException>(() => account.RunAsync(PlanCommand.RunAsync, $"plan --all --stack {name}"));
        Assert.Equal(sentence, problem.Message);
    }

    [Fact]
    public async Task Without_a_stack_the_defaults_count_and_that_is_said()
    {
        using var account = new DemoAccount();
        account.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeStacks" });
        var (exit, output) = await account.RunAsync(PlanCommand.RunAsync, "plan --all");
        Assert.Equal(0, exit);
        Assert.Contains("By the defaults: looking for the stack target-drain failed (AWS answered AccessDenied", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_works_by_the_stacks_variables()
    {
        await using var aws = await DemoAws.StartAsync();
        var function = aws.World.Stack.Function(Installation.FunctionName)!;
        aws.World.Stack.Add(function with
        {
            Settings = function.Settings with { Environment = new Dictionary<string, string>(function.Settings.Environment) { ["DRY_RUN"] = "true" } },
        });
        var sample = Repository.At("tests/samples/events/spot-interruption.json");
        var (exit, output, error) = await aws.RunAsync("explain", sample, "--stack", "target-drain");
        Assert.True(exit == 0, output + error);
        Assert.Contains("nothing of this is done, only logged", output, StringComparison.Ordinal);
        Assert.Contains("function target-drain, which is in dry run.", output, StringComparison.Ordinal);

        var (dry, _, why) = await aws.RunAsync("drain", aws.Demo.Stray.Id, "--yes", "--wait");
        Assert.Equal(2, dry);
        // On a slow machine what is being waited for is told before it.
        Assert.EndsWith("TargetDrain is in dry run: no target would leave, so there is nothing to wait for.\n", why, StringComparison.Ordinal);
    }

    private static void Change(DemoAccount account, Action<Dictionary<string, string>> change)
    {
        var function = account.World.Stack.Function(Installation.FunctionName)!;
        var variables = new Dictionary<string, string>(function.Settings.Environment);
        change(variables);
        account.World.Stack.Add(function with { Settings = function.Settings with { Environment = variables } });
    }
}
