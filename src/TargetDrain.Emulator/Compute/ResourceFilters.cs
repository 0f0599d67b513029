
namespace TargetDrain.Emulator.Compute;

/// <summary>
/// The Filter.N of a Describe call: all of them must match, each with one of its values. A name that the resource has no
/// reader for is refused, never ignored.
/// </summary>
internal static class ResourceFilters
{
    // "The maximum number of filter values specified on a single call is 200".
    private const int MaxValues = 200;

    /// <param name="readerOf">What a resource shows under a filter's name; null when there is no such filter.</param>
    public static Func<T, bool> Read<T>(QueryParameters parameters, Func<string, Func<T, IEnumerable<string>>?> readerOf)
    {
        var filters = parameters.Items("Filter").Select(filter => (Name: filter["Name"] ?? "", Values: filter.List("Value"))).ToList();
        if (filters.Sum(filter => filter.Values.Count) > MaxValues)
            throw new AwsErrorException("FilterLimitExceeded", $"The maximum number of filter values specified on a single call is {MaxValues}");
        var tests = filters.Select(filter => Test(filter.Name, filter.Values, readerOf)).ToList();
        return resource => tests.TrueForAll(test => test(resource));
    }

    /// <summary>tag:key, tag-key and tag-value, which every resource has; null for other names.</summary>
    public static Func<T, IEnumerable<string>>? Tags<T>(string name, Func<T, IReadOnlyDictionary<string, string>> tagsOf)
    {
        if (name == "tag-key") return resource => tagsOf(resource).Keys;
        if (name == "tag-value") return resource => tagsOf(resource).Values;
        if (!name.StartsWith("tag:", StringComparison.Ordinal)) return null;
        var key = name["tag:".Length..];
        return resource => tagsOf(resource).TryGetValue(key, out var value) ? [value] : [];
    }

    private static Func<T, bool> Test<T>(string name, List<string> values, Func<string, Func<T, IEnumerable<string>>?> readerOf)
    {
        var read = readerOf(name) ?? throw new AwsErrorException("InvalidParameterValue", $"The filter '{name}' is invalid");
        // Two hundred addresses against ten thousand interfaces: look the plain ones up, try only the patterns one by one.
        var plain = values.Where(value => value.AsSpan().IndexOfAny('*', '?') < 0).ToHashSet(StringComparer.Ordinal);
        var patterns = values.Where(value => !plain.Contains(value)).ToList();
        return resource => read(resource).Any(actual =>
            plain.Contains(actual) || patterns.Exists(pattern => Wildcard.Matches(pattern, actual)));
    }
}
