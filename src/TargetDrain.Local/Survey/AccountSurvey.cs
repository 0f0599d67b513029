using Amazon.AutoScaling.Model;
using TargetDrain.Local.Stacks;

namespace TargetDrain.Local.Survey;

/// <summary>Which registrations somebody drains when their instance ends, and which nobody does.</summary>
internal sealed record AccountSurvey(
    [property: JsonPropertyName("identity")] Identity Identity,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("groups")] IReadOnlyList<SurveyedGroup> Groups,
    [property: JsonPropertyName("autoScalingGroups")] IReadOnlyList<ScalingGroupSurvey> ScalingGroups,
    [property: JsonPropertyName("problems")] IReadOnlyList<string> Problems)
{
    [JsonPropertyName("registrations")]
    public int Registrations => Groups.Sum(group => group.Registrations);

    [JsonPropertyName("drainedByNobody")]
    public int DrainedByNobody => Groups.Sum(group => group.DrainedByNobody);
}

/// <param name="Registrations">Those that belong to an instance, or to nobody.</param>
/// <param name="Why">Reasons and how many registrations each has.</param>
internal sealed record SurveyedGroup(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("groupArn")] string GroupArn,
    [property: JsonPropertyName("registrations")] int Registrations,
    [property: JsonPropertyName("drainedByNobody")] int DrainedByNobody,
    [property: JsonPropertyName("why")] IReadOnlyDictionary<string, int> Why);

/// <param name="HasOurHook">It waits for TargetDrain.</param>
/// <param name="DrainedByNobody">Registrations of its instances that nobody drains.</param>
internal sealed record ScalingGroupSurvey(
    [property: JsonPropertyName("autoScalingGroup")] string Name,
    [property: JsonPropertyName("hasHook")] bool HasOurHook,
    [property: JsonPropertyName("drainedByNobody")] int DrainedByNobody)
{
    [JsonIgnore]
    public IReadOnlyList<LifecycleHook> TerminatingHooks { get; init; } = [];
}
