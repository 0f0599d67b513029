using TargetDrain.Mutation;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(QuickTestsFirst))]

namespace TargetDrain.Mutation;

/// <summary>Most mutants are found by a test of milliseconds, and then no other runs.</summary>
public sealed class QuickTestsFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(one => one.TestCollectionDisplayName.Contains("Scenarios", StringComparison.Ordinal))];
}
