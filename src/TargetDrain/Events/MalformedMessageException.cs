namespace TargetDrain.Events;

/// <summary>A message of a known kind that cannot be understood.</summary>
/// <param name="field">Where, as a JSON path such as detail.EC2InstanceId.</param>
/// <param name="problem">What is wrong there and what is allowed.</param>
internal sealed class MalformedMessageException(string field, string problem, Exception? inner = null)
    : Exception($"{field}: {problem}", inner)
{
    public string Field { get; } = field;
}
