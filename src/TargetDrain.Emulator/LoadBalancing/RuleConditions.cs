using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>The conditions of a rule: checked and kept; no request comes through here that could meet them.</summary>
internal static class RuleConditions
{
    private const int MostValues = 5;

    private static readonly string[] Fields =
        ["host-header", "path-pattern", "http-header", "query-string", "http-request-method", "source-ip"];

    public static List<IReadOnlyList<KeyValuePair<string, string>>> Read(QueryParameters p)
    {
        var conditions = p.Items("Conditions.member").Select(condition => (Field: condition["Field"], All: condition.Everything())).ToList();
        if (conditions.Count == 0) throw AwsErrorException.Validation("A condition must be specified");
        foreach (var (field, all) in conditions)
        {
            if (field is null || !Fields.Contains(field))
                throw AwsErrorException.Validation($"Condition field '{field}' must be one of '[{string.Join(", ", Fields)}]'");
            if (!all.Any(member => member.Key.Contains("alues.member.1", StringComparison.Ordinal)))
                throw AwsErrorException.Validation($"A condition value must be specified for '{field}'");
        }
        if (conditions.Where(condition => condition.Field is "host-header" or "path-pattern").GroupBy(condition => condition.Field).Any(same => same.Count() > 1))
            throw AwsErrorException.Validation("A rule can have one condition of the fields host-header and path-pattern each");
        if (conditions.Sum(condition => condition.All.Count(member => member.Key.Contains("alues.member.", StringComparison.Ordinal))) > MostValues)
            throw new AwsErrorException("TooManyConditionValues", $"A rule can have at most {MostValues} condition values");
        return conditions.ConvertAll(condition => condition.All);
    }
}
