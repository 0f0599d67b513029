using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

/// <summary>A class of its own, so that it runs beside the rest of the matrix.</summary>
public sealed class SlownessMatrixTests
{
    [Theory]
    [MemberData(nameof(FaultMatrixTests.SceneNames), MemberType = typeof(FaultMatrixTests))]
    public void Slow_answers_and_crowded_accounts_leave_nothing_behind_and_touch_nothing_else(string scene) =>
        FaultMatrixTests.Holds(FaultMatrix.Slowness(scene).Where((one, i) => one.Operation == "all" || i % 4 == 0));
}
