using TargetDrain.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace TargetDrain.Tests;

/// <summary>What takes many seconds begins first, what mostly waits beside what computes; what takes milliseconds fills the cores until the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        "Local.DemoTests", "Local.CommandLineDocumentTests", "Reliability.FaultMatrixTests", "Reliability.CrashMatrixTests", "Local.DrainTests",
        "Reliability.SlownessMatrixTests", "Local.CommandLineTests", "Reliability.ModelTests", "Reliability.KillTests", "Scenarios.LargeWorldScenarios",
        "Local.", "Reliability.", "Scenarios.",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(one => Array.FindIndex(Long, name => one.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is var at and >= 0 ? at : Long.Length)];
}
