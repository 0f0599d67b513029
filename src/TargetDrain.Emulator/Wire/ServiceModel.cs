using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace TargetDrain.Emulator.Wire;

internal enum ValueType
{
    Text,
    Whole,
    Decimal,
    Flag,
    Time,
    Bytes,
    List,
    Map,
    Structure,
}

/// <summary>What a value may be. Bounds are of the length of a text, of the value of a number, of the count of a list.</summary>
internal sealed record ValueRule(ValueType Type)
{
    public long? Min { get; init; }

    public long? Max { get; init; }

    public Regex? Pattern { get; init; }

    /// <summary>As it is told to callers.</summary>
    public string? PatternText { get; init; }

    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>Of a list's or a map's items.</summary>
    public ValueRule? Item { get; init; }

    /// <summary>Name of the structure.</summary>
    public string? Structure { get; init; }
}

internal sealed record MemberRule(string Name, bool IsRequired, ValueRule Value);

/// <summary>The members of an operation's input, or of a structure in it.</summary>
internal sealed record ShapeRule(string Name)
{
    public Dictionary<string, MemberRule> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>AWS knows these, the emulator does not.</summary>
    public HashSet<string> NotEmulated { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// What a service accepts, read from the table Schema/service.txt: an operation's name, then its members, each with its
/// type, bounds, pattern and values; "!" stands for required, "[Name]" begins a structure, "~" lists what is known to AWS
/// and not emulated. Whatever comes in is held against it before any operation sees it.
/// </summary>
internal sealed class ServiceModel
{
    private static readonly ConcurrentDictionary<string, ServiceModel> Loaded = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, ShapeRule> shapes;

    private ServiceModel(string service)
    {
        var found = new Dictionary<string, ShapeRule>(StringComparer.Ordinal);
        ShapeRule? shape = null;
        using var text = new StreamReader(typeof(ServiceModel).Assembly.GetManifestResourceStream($"Schema.{service}.txt")
            ?? throw new ArgumentException($"There is no schema of {service}."));
        while (text.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] != ' ') found.Add(line, shape = new ShapeRule(line));
            else if (line.StartsWith("  ~ ", StringComparison.Ordinal)) shape!.NotEmulated.UnionWith(line[4..].Split(' '));
            else if (ReadMember(line) is { } member) shape!.Members.Add(member.Name, member);
        }
        shapes = found.ToFrozenDictionary();
        Operations = [.. found.Keys.Where(name => name[0] != '[')];
    }

    public IReadOnlyList<string> Operations { get; }

    public static ServiceModel Of(string service) => Loaded.GetOrAdd(service, name => new ServiceModel(name));

    public ShapeRule? Operation(string name) => name.StartsWith('[') ? null : shapes.GetValueOrDefault(name);

    public ShapeRule Structure(string name) => shapes[$"[{name}]"];

    private static MemberRule ReadMember(string line)
    {
        var words = line.Split(' ', 2 + 2, StringSplitOptions.None)[2..];
        var name = words[0].TrimEnd('!');
        return new MemberRule(name, name.Length < words[0].Length, ReadValue(words[1]));
    }

    /// <summary>Such as "list 1..20 string ..64 /[a-z]+/".</summary>
    private static ValueRule ReadValue(string text)
    {
        var (word, rest) = Cut(text);
        switch (word)
        {
            case "list":
                var list = new ValueRule(ValueType.List);
                if (rest.Contains("..", StringComparison.Ordinal) && !char.IsLetter(rest[0]) && rest[0] != '{')
                {
                    var (bounds, after) = Cut(rest);
                    (list, rest) = (Bounded(list, bounds), after);
                }
                return list with { Item = ReadValue(rest) };
            case "map":
                return new ValueRule(ValueType.Map) { Item = ReadValue(rest) };
            case ['{', .. var structure, '}']:
                return new ValueRule(ValueType.Structure) { Structure = structure };
        }
        var value = new ValueRule(word switch
        {
            "string" => ValueType.Text,
            "int" or "long" => ValueType.Whole,
            "float" => ValueType.Decimal,
            "bool" => ValueType.Flag,
            "time" => ValueType.Time,
            "blob" => ValueType.Bytes,
            _ => throw new FormatException($"The schema has no type {word}."),
        });
        while (rest.Length > 0)
        {
            if (rest[0] == '/')
            {
                var pattern = rest[1..^1];
                return value with { PatternText = pattern, Pattern = Anchored(pattern) };
            }
            (word, rest) = Cut(rest);
            if (word[0] == '=') value = value with { OneOf = [word[1..]] };
            else if (word.Contains('|', StringComparison.Ordinal)) value = value with { OneOf = word.Split('|') };
            else value = Bounded(value, word);
        }
        return value;
    }

    private static Regex Anchored(string pattern) =>
        new($"^(?:{pattern})\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static ValueRule Bounded(ValueRule value, string bounds) => bounds.Split("..") is [var min, var max]
        ? value with { Min = Number(min), Max = Number(max) }
        : throw new FormatException($"The schema has no bounds {bounds}.");

    private static long? Number(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);

    private static (string Word, string After) Cut(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, "");
}
