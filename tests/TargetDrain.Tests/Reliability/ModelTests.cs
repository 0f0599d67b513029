using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

public sealed class ModelTests
{
    /// <summary>A failure prints the smallest plan and the seed; the command model replays it with --seed.</summary>
    [Fact]
    public void Whatever_happens_in_whatever_world_the_invariants_hold() => Model.Check(plans: 40, seed: null);
}
