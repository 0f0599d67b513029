using System.Net;

namespace TargetDrain.Emulator.Wire;

/// <summary>
/// The form body of a Query or EC2 request, or the part of it below a prefix such as "Targets.member.1.". Knows what has
/// been read of it: what an operation has not read before it acts, it would ignore, so it is refused.
/// </summary>
public sealed class QueryParameters
{
    private readonly Dictionary<string, string> values;
    private readonly HashSet<string> read;
    private readonly string prefix;
    private HashSet<string>? prefixes;

    private QueryParameters(Dictionary<string, string> values, HashSet<string> read, string prefix, HashSet<string>? prefixes)
    {
        this.values = values;
        this.read = read;
        this.prefix = prefix;
        this.prefixes = prefixes;
    }

    /// <summary>A name that was sent twice; null when there is none.</summary>
    internal string? Repeated { get; private init; }

    public string? this[string name]
    {
        get
        {
            var full = prefix + name;
            if (!values.TryGetValue(full, out var value)) return null;
            read.Add(full);
            return value;
        }
    }

    public static QueryParameters Parse(ReadOnlySpan<byte> body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        string? repeated = null;
        var text = Encoding.UTF8.GetString(body);
        foreach (var range in text.AsSpan().Split('&'))
        {
            var pair = text.AsSpan()[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            if (!values.TryAdd(name, equals < 0 ? "" : Decode(pair[(equals + 1)..]))) repeated = name;
        }
        return new QueryParameters(values, new HashSet<string>(StringComparer.Ordinal), "", null) { Repeated = repeated };
    }

    public string Required(string name) =>
        this[name] is { Length: > 0 } value
            ? value
            : throw AwsErrorException.Validation($"1 validation error detected: Value null at '{prefix}{name}' failed to satisfy "
                + "constraint: Member must not be null");

    public int? Number(string name)
    {
        if (this[name] is not { Length: > 0 } value) return null;
        return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
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
        while (this[$"{name}.{list.Count + 1}"] is { } value) list.Add(value);
        return list;
    }

    /// <summary>Takes note of a parameter that AWS would heed, and that can make no difference here.</summary>
    public void Accept(string name) => _ = this[name];

    /// <summary>Whether the list was sent at all, empty or not.</summary>
    public bool Has(string name) =>
        values.ContainsKey(prefix + name) || (prefixes ??= Prefixes()).Contains($"{prefix}{name}.");

    /// <summary>The structures name.1.*, name.2.* and so on.</summary>
    public IEnumerable<QueryParameters> Items(string name)
    {
        prefixes ??= Prefixes();
        for (var number = 1; ; number++)
        {
            var item = $"{prefix}{name}.{number}.";
            if (!prefixes.Contains(item)) yield break;
            yield return new QueryParameters(values, read, item, prefixes);
        }
    }

    /// <summary>The structure name.*; null when nothing of it was sent.</summary>
    public QueryParameters? Part(string name) =>
        (prefixes ??= Prefixes()).Contains($"{prefix}{name}.") ? new QueryParameters(values, read, $"{prefix}{name}.", prefixes) : null;

    /// <summary>Every value below this prefix, by its name: to keep a structure and give it back as it came.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Everything()
    {
        var all = values.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        read.UnionWith(all.Select(pair => pair.Key));
        return [.. all.Select(pair => KeyValuePair.Create(pair.Key[prefix.Length..], pair.Value))];
    }

    /// <summary>Tags in the order they were sent, doubles included.</summary>
    public List<KeyValuePair<string, string>> Tags(string name) =>
        [.. Items(name).Select(tag => KeyValuePair.Create(tag["Key"] ?? "", tag["Value"] ?? ""))];

    /// <summary>What no operation is about: the action itself, its version and a signature in the query.</summary>
    internal static bool IsEnvelope(string name) =>
        name is "Action" or "Version" or "Signature" or "SignatureMethod" or "SignatureVersion" or "AWSAccessKeyId" or "Timestamp" or "SecurityToken"
        || name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first parameter that was sent and not read; null when there is none.</summary>
    internal string? Unread()
    {
        foreach (var (name, value) in values)
        {
            // An empty list or structure is sent as an empty text under its bare name.
            if (read.Contains(name) || value.Length == 0 || IsEnvelope(name)) continue;
            return name;
        }
        return null;
    }

    internal QueryNode Tree()
    {
        var root = new QueryNode();
        foreach (var (name, value) in values) root.Add(name, value);
        return root;
    }

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

/// <summary>The parameters as a tree: Targets, member, 1, Id.</summary>
internal sealed class QueryNode
{
    public Dictionary<string, QueryNode> Children { get; } = new(StringComparer.Ordinal);

    public string? Text { get; private set; }

    /// <param name="path">With dots between the steps.</param>
    public void Add(string path, string value)
    {
        var node = this;
        foreach (var range in path.AsSpan().Split('.'))
        {
            var step = path[range];
            if (!node.Children.TryGetValue(step, out var child)) node.Children.Add(step, child = new QueryNode());
            node = child;
        }
        node.Text = value;
    }
}
