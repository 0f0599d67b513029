using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class RegistrationStatesTests
{
    [Theory]
    [InlineData("initial", "Elb.RegistrationInProgress", "Registered")]
    [InlineData("initial", "Elb.InitialHealthChecking", "Registered")]
    [InlineData("healthy", null, "Registered")]
    [InlineData("unhealthy", "Target.FailedHealthChecks", "Registered")]
    [InlineData("unhealthy.draining", "Target.FailedHealthChecks", "Registered")]
    [InlineData("unavailable", "Elb.InternalError", "Registered")]
    [InlineData("unused", "Target.NotInUse", "Registered")]
    [InlineData("unused", "Target.InvalidState", "Registered")]
    [InlineData("unused", "Target.IpUnusable", "Registered")]
    [InlineData("unused", "Target.NotRegistered", "Absent")]
    [InlineData("draining", "Target.DeregistrationInProgress", "Draining")]
    [InlineData("a state of next year", null, "Registered")]
    public void Only_draining_and_not_registered_count_as_on_the_way_out(string state, string? reason, string expected)
    {
        var health = new TargetHealth { State = new TargetHealthStateEnum(state), Reason = reason is null ? null : new TargetHealthReasonEnum(reason) };

        Assert.Equal(expected, Registration.StateOf(health).ToString());
    }

    [Fact]
    public void A_target_without_any_health_is_registered() =>
        Assert.Equal(RegistrationState.Registered, Registration.StateOf(null));
}
