namespace TargetDrain.Events;

/// <summary>A message of a known kind that cannot be understood.</summary>
/// <param name="field">Where, as a JSON path such as detail.EC2InstanceId; shortened, for the message may have chosen it.</param>
/// <param name="problem">What is wrong there and what is allowed.</param>
internal sealed class MalformedMessageException(string field, string problem, Exception? inner = null)
    : Exception($"{Require.Quote(field)}: {problem}", inner)
{
    public string Field { get; } = Require.Quote(field);
}
