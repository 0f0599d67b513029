using System.Globalization;
using System.Net;
using System.Text;

namespace TargetDrain.Emulator.Wire;

/// <summary>The form body of a Query or EC2 request, or the part of it below a prefix such as "Targets.member.1.".</summary>
public sealed class QueryParameters
{
    private readonly Dictionary<string, string> values;
    private readonly string prefix;
    private HashSet<string>? prefixes;

    private QueryParameters(Dictionary<string, string> values, string prefix, HashSet<string>? prefixes)
    {
        this.values = values;
        this.prefix = prefix;
        this.prefixes = prefixes;
    }

    public string? this[string name] => values.GetValueOrDefault(prefix + name);

    public static QueryParameters Parse(ReadOnlySpan<byte> body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = Encoding.UTF8.GetString(body);
        foreach (var range in text.AsSpan().Split('&'))
        {
            var pair = text.AsSpan()[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            if (equals < 0) values[Decode(pair)] = "";
            else values[Decode(pair[..equals])] = Decode(pair[(equals + 1)..]);
        }
        return new QueryParameters(values, "", null);
    }

    public string Required(string name) =>
        this[name] is { Length: > 0 } value
            ? value
            : throw AwsErrorException.Validation($"1 validation error detected: Value null at '{prefix}{name}' failed to satisfy "
                + "constraint: Member must not be null");

    public int? Number(string name)
    {
        if (this[name] is not { Length: > 0 } value) return null;
        return int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw AwsErrorException.Validation($"'{value}' at '{prefix}{name}' is not a number");
    }

    public bool? Flag(string name) => this[name] is { Length: > 0 } value
        ? value.Equals("true", StringComparison.OrdinalIgnoreCase)
        : null;

    /// <summary>The values of name.1, name.2 and so on; "Names.member" in Query, "InstanceId" in EC2.</summary>
    public List<string> List(string name)
    {
        var list = new List<string>();
        while (values.TryGetValue($"{prefix}{name}.{list.Count + 1}", out var value)) list.Add(value);
        return list;
    }

    /// <summary>The structures name.1.*, name.2.* and so on.</summary>
    public IEnumerable<QueryParameters> Items(string name)
    {
        prefixes ??= Prefixes();
        for (var number = 1; ; number++)
        {
            var item = $"{prefix}{name}.{number}.";
            if (!prefixes.Contains(item)) yield break;
            yield return new QueryParameters(values, item, prefixes);
        }
    }

    public Dictionary<string, string> Tags(string name) =>
        Items(name).ToDictionary(tag => tag.Required("Key"), tag => tag["Value"] ?? "");

    private HashSet<string> Prefixes()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in values.Keys)
            for (var dot = name.LastIndexOf('.'); dot > 0 && found.Add(name[..(dot + 1)]);)
                dot = name.LastIndexOf('.', dot - 1);
        return found;
    }

    private static string Decode(ReadOnlySpan<char> text) =>
        text.IndexOfAny('%', '+') < 0 ? text.ToString() : WebUtility.UrlDecode(text.ToString());
}
