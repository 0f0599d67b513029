using System.Globalization;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Compute;

/// <summary>MaxResults and NextToken of EC2's Describe calls.</summary>
internal readonly record struct Ec2Page(int Size, int After)
{
    public const int Largest = 1000;

    public static Ec2Page Read(QueryParameters p, bool hasIds = false)
    {
        var size = p.Number("MaxResults");
        if (size is not null && hasIds)
            throw new AwsErrorException(
                "InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
        if (size is < 5 or > Largest)
            throw new AwsErrorException("InvalidParameterValue", $"Value ( {size} ) for parameter maxResults is invalid. Expecting a value between 5 and {Largest}.");
        var after = 0;
        if (p["NextToken"] is { Length: > 0 } token
            && (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out after) || after < 0))
            throw new AwsErrorException("InvalidParameterValue", "Unable to parse pagination token");
        return new Ec2Page(size ?? Largest, after);
    }

    /// <summary>Writes one page of a list, and where the next begins.</summary>
    public void Write<T>(XmlBuffer xml, string name, IEnumerable<T> found, Action<T> write)
    {
        var page = found.Skip(After).Take(Size + 1).ToList();
        xml.List(name, "item", page.Take(Size), write);
        if (page.Count > Size) xml.Element("nextToken", After + Size);
    }
}
