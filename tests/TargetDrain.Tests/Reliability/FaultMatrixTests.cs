using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

/// <summary>The whole matrix runs with the command faults; here the calls of every scene, with the faults taking turns.</summary>
public sealed class FaultMatrixTests
{
    public static TheoryData<string> SceneNames => [.. Scenes.All.Keys];

    [Theory]
    [MemberData(nameof(SceneNames))]
    public void A_fault_at_any_call_leaves_nothing_behind_and_touches_nothing_else(string scene)
    {
        var kinds = FaultKinds.All.Keys.ToList();
        Holds(CallsOf(scene).SelectMany((call, i) => new[]
        {
            new FaultCase(scene, call.Operation, call.Number, kinds[i % kinds.Count]),
            new FaultCase(scene, call.Operation, call.Number, kinds[(i + 5) % kinds.Count], Times: 15),
        }));
    }

    /// <summary>Found by the whole matrix: what a look begins that remains in doubt, when the deadline is over, has to be waited for too.</summary>
    [Theory]
    [InlineData("again/DescribeTargetHealth#6/deniedx15")]
    [InlineData("again/DescribeTargetHealth#7/expiredx15")]
    public void Nothing_is_let_go_while_it_drains(string text) => Assert.Empty(FaultMatrix.Run(FaultCase.Parse(text)));

    [Theory]
    [InlineData("plain/SendMessageBatch#1/crash-after")]
    [InlineData("ports/DeregisterTargets#2/reset-afterx15")]
    public void A_case_is_written_as_it_is_replayed(string text) => Assert.Equal(text, FaultCase.Parse(text).ToString());

    [Theory]
    [InlineData("plain", "no case")]
    [InlineData("nowhere/SendMessageBatch#1/cut", "is none of plain, ports")]
    [InlineData("plain/SendMessageBatch#1/flood", "is none of throttled, internal-error")]
    public void A_case_that_is_none_is_explained(string text, string explanation) =>
        Assert.Contains(explanation, Assert.Throws<FormatException>(() => FaultCase.Parse(text)).Message, StringComparison.Ordinal);

    /// <summary>All; in the scenes that make many alike, the first of each operation and every fourth.</summary>
    internal static IEnumerable<(string Operation, int Number)> CallsOf(string scene) =>
        FaultMatrix.CallsOf(scene).Where(call => scene is not ("batch" or "stale") || call.Number == 1 || call.Number % 4 == 0);

    internal static void Holds(IEnumerable<FaultCase> cases)
    {
        foreach (var one in cases)
        {
            var broken = FaultMatrix.Run(one);
            Assert.True(broken.Count == 0, $"{string.Join(Environment.NewLine, broken)}{Environment.NewLine}{one.ReplayCommand}");
        }
    }
}
