using System.Net;

namespace TargetDrain.Emulator.Wire;

/// <summary>
/// The form body of a Query or EC2 request, or the part of it below a prefix such as "Targets.member.1.". Knows what has
/// been read of it: what an operation has not read before it acts, it would ignore, so it is refused.
/// </summary>
internal sealed class QueryParameters
{
    private readonly Form form;
    private readonly string prefix;

    private QueryParameters(Form form, string prefix) => (this.form, this.prefix) = (form, prefix);

    /// <summary>A name that was sent twice; null when there is none.</summary>
    internal string? Repeated => form.Repeated;

    /// <summary>The access key id of whoever calls.</summary>
    internal string Principal => form.Principal;

    public string? this[string name]
    {
        get
        {
            var full = prefix + name;
            if (!form.Values.TryGetValue(full, out var value)) return null;
            form.Read.Add(full);
            return value;
        }
    }

    public static QueryParameters Parse(ReadOnlySpan<byte> body, string principal)
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
        return new QueryParameters(new Form(values, repeated, principal), "");
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
        form.Values.ContainsKey(prefix + name) || form.Prefixes.Contains($"{prefix}{name}.");

    /// <summary>The structures name.1.*, name.2.* and so on.</summary>
    public IEnumerable<QueryParameters> Items(string name)
    {
        for (var number = 1; Part($"{name}.{number}") is { } item; number++) yield return item;
    }

    /// <summary>The structure name.*; null when nothing of it was sent.</summary>
    public QueryParameters? Part(string name) =>
        form.Prefixes.Contains($"{prefix}{name}.") ? new QueryParameters(form, $"{prefix}{name}.") : null;

    /// <summary>Every value below this prefix, by its name: to keep a structure and give it back as it came.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Everything()
    {
        var all = form.Values.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        form.Read.UnionWith(all.Select(pair => pair.Key));
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
    internal string? Unread() =>
        // An empty list or structure is sent as an empty text under its bare name.
        form.Values.FirstOrDefault(pair => !form.Read.Contains(pair.Key) && pair.Value.Length > 0 && !IsEnvelope(pair.Key)).Key;

    internal QueryNode Tree() => QueryNode.Of(form.Values);

    private static string Decode(ReadOnlySpan<char> text) =>
        text.IndexOfAny('%', '+') < 0 ? text.ToString() : WebUtility.UrlDecode(text.ToString());

    private sealed record Form(Dictionary<string, string> Values, string? Repeated, string Principal)
    {
        public HashSet<string> Read { get; } = new(StringComparer.Ordinal);

        /// <summary>All that names begin with, up to a dot: asked for at every structure.</summary>
        public HashSet<string> Prefixes => field ??= FindPrefixes();

        private HashSet<string> FindPrefixes()
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in Values.Keys)
                for (var dot = name.LastIndexOf('.'); dot > 0 && found.Add(name[..(dot + 1)]);)
                    dot = name.LastIndexOf('.', dot - 1);
            return found;
        }
    }
}

/// <summary>The parameters as a tree: Targets, member, 1, Id.</summary>
internal sealed class QueryNode
{
    public Dictionary<string, QueryNode> Children { get; } = new(StringComparer.Ordinal);

    public string? Text { get; private set; }

    /// <param name="values">By paths with dots between the steps.</param>
    public static QueryNode Of(IEnumerable<KeyValuePair<string, string>> values)
    {
        var root = new QueryNode();
        foreach (var (path, value) in values) root.Add(path, value);
        return root;
    }

    private void Add(string path, string value)
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
