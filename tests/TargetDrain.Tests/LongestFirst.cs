using TargetDrain.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace TargetDrain.Tests;

/// <summary>What takes many seconds begins first, and what takes milliseconds fills the cores until the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        "Local.DemoTests", "Local.CommandLineDocumentTests", "Reliability.FaultMatrixTests", "Reliability.CrashMatrixTests", "Reliability.SlownessMatrixTests",
        "Reliability.ModelTests", "Scenarios.LargeWorldScenarios", "Reliability.KillTests", "Reliability.", "Local.",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(one => Array.FindIndex(Long, name => one.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is var at and >= 0 ? at : Long.Length)];
}
