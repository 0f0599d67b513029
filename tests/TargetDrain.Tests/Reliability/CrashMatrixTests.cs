using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

/// <summary>A class of its own, so that it runs beside the rest of the matrix.</summary>
public sealed class CrashMatrixTests
{
    [Theory]
    [MemberData(nameof(FaultMatrixTests.SceneNames), MemberType = typeof(FaultMatrixTests))]
    public void A_crash_at_any_call_leaves_nothing_behind_and_touches_nothing_else(string scene) =>
        FaultMatrixTests.Holds(FaultMatrix.Crashes(scene).Where((_, i) => scene is not ("batch" or "stale") || i % 4 == 0));
}
