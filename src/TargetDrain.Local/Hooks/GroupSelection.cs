using System.IO.Enumeration;
using Amazon.AutoScaling.Model;

namespace TargetDrain.Local.Hooks;

/// <summary>Which Auto Scaling groups are meant.</summary>
/// <param name="Names">Patterns with * and ?; empty for any.</param>
/// <param name="Tag">"key" or "key=value"; null for any.</param>
internal sealed record GroupSelection(IReadOnlyList<string> Names, string? Tag, bool All)
{
    /// <summary>Nothing was said: too little for a change.</summary>
    public bool IsOpen => Names.Count == 0 && Tag is null && !All;

    public bool Selects(AutoScalingGroup group) =>
        (Names.Count == 0 || Names.Any(name => FileSystemName.MatchesSimpleExpression(name, group.AutoScalingGroupName, ignoreCase: false)))
        && (Tag is null || (group.Tags ?? []).Exists(HasTag));

    private bool HasTag(TagDescription tag) => Tag!.Split('=', 2) switch
    {
        [var key, var value] => tag.Key == key && tag.Value == value,
        [var key] => tag.Key == key,
        _ => false,
    };
}
