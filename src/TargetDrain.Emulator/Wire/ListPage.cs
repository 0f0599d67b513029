namespace TargetDrain.Emulator.Wire;

/// <summary>A page of a list: its size, and how many items were told before.</summary>
/// <param name="Next">Name of what holds the token for the next page, such as NextToken.</param>
internal readonly record struct ListPage(int Size, int After, string Next)
{
    /// <summary>What items are called in XML: "member" in the Query protocol, "item" in EC2.</summary>
    public string Child { get; init; } = "member";

    /// <summary>Tokens are counts; whatever else comes was not given by this list.</summary>
    public static int Before(string? token, Func<AwsErrorException> invalid) =>
        token is not { Length: > 0 } ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before
        : throw invalid();

    /// <param name="name">Of the parameter, such as PageSize.</param>
    /// <param name="usual">Where it is not given.</param>
    public static int SizeOf(QueryParameters p, string name, int usual, int largest)
    {
        var size = p.Number(name) ?? usual;
        if (size >= 1 && size <= largest) return size;
        throw AwsErrorException.Validation($"1 validation error detected: Value '{size}' at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: "
            + (size < 1 ? "Member must have value greater than or equal to 1" : $"Member must have value less than or equal to {largest}"));
    }

    /// <summary>Writes the page, and where the next begins.</summary>
    public void Write<T>(XmlBuffer xml, string name, IEnumerable<T> found, Action<T> write)
    {
        var page = found.Skip(After).Take(Size + 1).ToList();
        xml.List(name, Child, page.Take(Size), write);
        if (page.Count > Size) xml.Element(Next, After + Size);
    }

    /// <summary>The page as a JSON service answers it.</summary>
    public JsonObject Answer(string name, IEnumerable<JsonNode> found)
    {
        var page = found.Skip(After).Take(Size + 1).ToList();
        var answer = new JsonObject { [name] = new JsonArray([.. page.Take(Size)]) };
        if (page.Count > Size) answer[Next] = (After + Size).ToString(CultureInfo.InvariantCulture);
        return answer;
    }
}
