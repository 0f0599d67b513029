namespace TargetDrain.Events;

/// <summary>A message that is not done and has to come again.</summary>
/// <param name="RetryIn">Whole seconds.</param>
internal sealed record FailedMessage(InboundMessage Message, string Problem, TimeSpan RetryIn);
