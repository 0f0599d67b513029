using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

/// <summary>A class of its own, so that it runs beside the rest of the matrix.</summary>
public sealed class CrashMatrixTests
{
    [Theory]
    [MemberData(nameof(FaultMatrixTests.SceneNames), MemberType = typeof(FaultMatrixTests))]
    public void A_crash_at_any_call_leaves_nothing_behind_and_touches_nothing_else(string scene)
    {
        var kinds = FaultKinds.Crashes.Keys.ToList();
        FaultMatrixTests.Holds(FaultMatrixTests.CallsOf(scene).Select((call, i) => new FaultCase(scene, call.Operation, call.Number, kinds[i % kinds.Count])));
    }
}
