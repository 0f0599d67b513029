namespace TargetDrain.Emulator.Wire;

/// <summary>A page of a list in the Query protocol: a size, and a token that says how many were told before.</summary>
internal readonly record struct MarkerPage(int Size, int After)
{
    /// <param name="size">Name of the size's parameter, such as PageSize.</param>
    /// <param name="token">Name of the token's, such as Marker.</param>
    /// <param name="usual">The size without a size.</param>
    public static MarkerPage Read(QueryParameters p, string size, string token, int usual, int largest, Func<string, AwsErrorException> invalidToken)
    {
        var wanted = p.Number(size) ?? usual;
        if (wanted < 1 || wanted > largest)
            throw AwsErrorException.Validation($"1 validation error detected: Value '{wanted}' at '{char.ToLowerInvariant(size[0])}{size[1..]}' failed to satisfy constraint: "
                + (wanted < 1 ? "Member must have value greater than or equal to 1" : $"Member must have value less than or equal to {largest}"));
        var after = 0;
        if (p[token] is { Length: > 0 } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw invalidToken(text);
        return new MarkerPage(wanted, after);
    }

    /// <param name="next">Name of the element that holds the token for the next page.</param>
    public void Write<T>(XmlBuffer xml, string name, string next, IEnumerable<T> found, Action<T> write)
    {
        var page = found.Skip(After).Take(Size + 1).ToList();
        xml.List(name, "member", page.Take(Size), write);
        if (page.Count > Size) xml.Element(next, After + Size);
    }
}
