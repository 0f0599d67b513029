using System.IO.Enumeration;

namespace TargetDrain.Emulator;

/// <summary>The patterns of IAM and of EC2's filters: * stands for any letters, ? for one.</summary>
internal static class Wildcard
{
    // What .NET has is made for names of files, which are never empty; tags may be.
    public static bool Matches(string pattern, string text, bool ignoreCase = false) => text.Length == 0
        ? pattern.Trim('*').Length == 0
        : FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase);
}
