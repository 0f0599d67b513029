using System.Net;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>The conditions of a rule: checked and kept; no request comes through here that could meet them.</summary>
internal static class RuleConditions
{
    private const int MostValues = 5;
    private const int LongestValue = 128;
    private const int LongestName = 40;

    private static readonly string[] Fields =
        ["host-header", "path-pattern", "http-header", "query-string", "http-request-method", "source-ip"];

    public static List<IReadOnlyList<KeyValuePair<string, string>>> Read(QueryParameters p)
    {
        var conditions = p.Items("Conditions.member").Select(condition => (Field: Check(condition), All: condition.Everything())).ToList();
        if (conditions.Count == 0) throw Invalid("A condition must be specified");
        if (conditions.Where(condition => condition.Field is "host-header" or "path-pattern" or "http-request-method" or "source-ip").GroupBy(condition => condition.Field).Any(same => same.Count() > 1))
            throw Invalid("A rule can have one condition of the fields host-header, path-pattern, http-request-method and source-ip each");
        if (conditions.Sum(condition => condition.All.Count(member => IsValue(member.Key))) > MostValues)
            throw new AwsErrorException("TooManyConditionValues", $"A rule can have at most {MostValues} condition values");
        return conditions.ConvertAll(condition => condition.All);
    }

    /// <returns>Its field.</returns>
    private static string Check(QueryParameters condition)
    {
        var field = condition["Field"];
        switch (field)
        {
            case "host-header":
                CheckPatterns(condition, field, "HostHeaderConfig");
                break;
            case "path-pattern":
                CheckPatterns(condition, field, "PathPatternConfig");
                break;
            case "http-header":
                var header = Config(condition, field, "HttpHeaderConfig");
                var name = header["HttpHeaderName"] ?? throw Invalid("A 'HttpHeaderName' must be specified in 'HttpHeaderConfig'");
                CheckLength("HttpHeaderName", name, LongestName);
                CheckValues(field, [.. header.List("Values.member"), .. header.List("RegexValues.member")], LongestValue);
                break;
            case "http-request-method":
                var methods = Config(condition, field, "HttpRequestMethodConfig").List("Values.member");
                CheckValues(field, methods, LongestName);
                if (methods.Exists(method => !method.All(letter => char.IsAsciiLetterUpper(letter) || letter is '-' or '_')))
                    throw Invalid("The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and underscore");
                break;
            case "query-string":
                CheckQuery(Config(condition, field, "QueryStringConfig"), field);
                break;
            case "source-ip":
                var ranges = Config(condition, field, "SourceIpConfig").List("Values.member");
                if (ranges.Count == 0) throw Invalid("A 'source-ip' value must be specified");
                if (ranges.Find(range => !IPNetwork.TryParse(range, out _)) is { } odd) throw Invalid($"The 'source-ip' value '{odd}' must be a valid CIDR block");
                break;
            default:
                throw Invalid($"Condition field '{field}' must be one of '[{string.Join(", ", Fields)}]'");
        }
        return field;
    }

    private static void CheckPatterns(QueryParameters condition, string field, string config)
    {
        var (values, part) = (condition.List("Values.member"), condition.Part(config));
        if (values.Count > 1) throw Invalid($"The '{field}' field contains too many values; the limit is '1'");
        var more = part is null ? [] : part.List("Values.member").Concat(part.List("RegexValues.member")).ToList();
        if (values.Count > 0 && more.Count > 0) throw Invalid($"You cannot specify both 'Values' and '{config}' for '{field}'");
        CheckValues(field, [.. values, .. more, .. condition.List("RegexValues.member")], LongestValue);
    }

    private static void CheckQuery(QueryParameters config, string field)
    {
        var pairs = config.Items("Values.member").ToList();
        if (pairs.Count == 0) throw Invalid($"A '{field}' value must be specified");
        foreach (var pair in pairs)
        {
            if (pair["Key"] is { } key) CheckLength("Key", key, LongestValue);
            CheckLength("Value", pair["Value"] ?? throw Invalid("A 'Value' must be specified in 'QueryStringKeyValuePair'"), LongestValue);
        }
    }

    private static QueryParameters Config(QueryParameters condition, string field, string config) =>
        condition.Part(config) ?? throw Invalid($"A '{config}' must be specified with '{field}'");

    private static void CheckValues(string field, List<string> values, int longest)
    {
        if (values.Count == 0) throw Invalid("A condition value must be specified");
        foreach (var value in values) CheckLength(field, value, longest);
    }

    private static void CheckLength(string what, string value, int longest)
    {
        if (value.Length > longest) throw Invalid($"The '{what}' value is too long; the limit is '{longest}'");
    }

    private static bool IsValue(string member) =>
        member.Contains("alues.member.", StringComparison.Ordinal) && !member.EndsWith(".Key", StringComparison.Ordinal);

    private static AwsErrorException Invalid(string message) => AwsErrorException.Validation(message);
}
