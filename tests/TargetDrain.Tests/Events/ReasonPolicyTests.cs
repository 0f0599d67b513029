using TargetDrain.Events;
using Xunit;

namespace TargetDrain.Tests.Events;

public sealed class ReasonPolicyTests
{
    [Fact]
    public void Every_reason_has_a_policy() =>
        Assert.All(Enum.GetValues<TerminationReason>(), reason => Assert.NotNull(ReasonPolicy.For(reason)));

    [Fact]
    public void Only_what_a_lifecycle_action_waits_for_waits() =>
        Assert.Equal(
            [TerminationReason.LifecycleHook, TerminationReason.WarmPoolReturn],
            Enum.GetValues<TerminationReason>().Where(reason => ReasonPolicy.For(reason).Waits));
}
