using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class ScopeScenarios
{
    [Theory]
    [InlineData("", "", "", "", "blue,green,plain")]
    [InlineData("drain", "", "", "", "blue,green")]
    [InlineData("drain=yes", "only", "", "", "blue")]
    [InlineData("drain=no", "except", "", "", "blue,plain")]
    [InlineData("drain", "except", "", "", "plain")]
    [InlineData("", "", "gr*,pl?in", "", "green,plain")]
    [InlineData("drain", "", "gr*", "", "green")]
    [InlineData("", "", "", "own", "blue,green,plain")]
    [InlineData("", "", "", "vpc-0123456789abcdef0", "")]
    public void Only_groups_in_scope_are_looked_into(string tag, string mode, string names, string vpcs, string touched)
    {
        // The ids of a world follow from its seed: the default VPC is the same in every play.
        var own = "";
        Scenario.Play(scenario =>
        {
            own = scenario.World.Compute.DefaultVpc.Id;
            return Task.CompletedTask;
        });

        Scenario.Play(async scenario =>
        {
            TargetGroup Group(string name, string? drain) => scenario.World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec(name)
            {
                Tags = drain is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["drain"] = drain, ["team"] = "web" },
            });
            var groups = new[] { Group("blue", "yes"), Group("green", "no"), Group("plain", null) };
            var instance = scenario.Serve(groups);

            scenario.World.Compute.Terminate(instance.Id);
            await scenario.Pass(5);

            string Names(Func<TargetGroup, bool> which) => string.Join(',', groups.Where(which).Select(group => group.Name));
            Assert.Equal(touched, Names(group => scenario.In(group).Single().EndsWith(" draining", StringComparison.Ordinal)));
            Assert.Equal(touched, Names(group => scenario.Calls("DescribeTargetHealth", group) > 0));
            Assert.Equal(tag.Length > 0, scenario.Calls("DescribeTags").Any());
        }, Scenario.With(
            ("TARGET_GROUP_TAG", tag), ("TARGET_GROUP_TAG_MODE", mode), ("TARGET_GROUP_NAMES", names), ("VPC_IDS", vpcs == "own" ? own : vpcs)));
    }

    [Fact]
    public void Outside_of_the_scope_an_instance_may_stay_registered_and_its_action_completes() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(5);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Empty(scenario.Calls("DeregisterTargets"));
    }, Scenario.With(("TARGET_GROUP_NAMES", "api-*")));
}
