namespace TargetDrain.Emulator.Wire;

/// <summary>Who calls what on which resource.</summary>
/// <param name="Service">elasticloadbalancing, ec2, autoscaling, sqs or events: the IAM prefix and the signing name.</param>
/// <param name="Resource">The ARN the call names; empty when none.</param>
/// <param name="Principal">The access key id of the signature, or "anonymous".</param>
internal sealed record ApiCall(string Service, string Operation, string Resource, string Principal)
{
    public bool ReadsOnly => Operation.StartsWith("Describe", StringComparison.Ordinal);
}
