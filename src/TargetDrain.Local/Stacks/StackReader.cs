using System.Xml.Linq;

namespace TargetDrain.Local.Stacks;

/// <summary>Reads a stack by its name, or says why it is none to work with.</summary>
internal sealed class StackReader(InstallationCalls calls, Identity identity)
{
    /// <returns>Null when there is no stack of that name.</returns>
    /// <exception cref="WrongUseException">It is there, but nothing to work with.</exception>
    /// <exception cref="AmazonServiceException">CloudFormation does not tell.</exception>
    public async Task<DeployedStack?> FindAsync(string name, CancellationToken cancellation)
    {
        if (await DescribeAsync(name, cancellation) is not { } stack) return null;
        var status = stack.Element("StackStatus")?.Value ?? "unknown";
        var why = stack.Element("StackStatusReason")?.Value is { Length: > 0 } reason ? $" ({reason})" : "";
        var outputs = DeployedStack.OutputsOf(stack);
        if (!IsUsable(status)) throw new WrongUseException($"The stack {name} in {identity.Place} is {status}{why}: there is no installation to work with.");
        var missing = new[] { DeployedStack.FunctionNameOutput, DeployedStack.QueueUrlOutput }.Where(output => !outputs.ContainsKey(output)).ToList();
        if (missing.Count > 0)
            throw new WrongUseException(
                $"The stack {name} in {identity.Place} ({status}) has no output {string.Join(" and ", missing)}, so it is none of TargetDrain. "
                + (outputs.Count == 0 ? "It has no outputs." : $"It has: {string.Join(", ", outputs.Keys.Order(StringComparer.Ordinal))}."));
        return new DeployedStack(name, status, outputs, DeployedStack.ParametersOf(stack), await FunctionAsync(name, outputs[DeployedStack.FunctionNameOutput], cancellation));
    }

    /// <summary>For a name that nothing has: what there is instead.</summary>
    public async Task<string> NotFoundAsync(string name, CancellationToken cancellation)
    {
        var ours = new List<string>();
        try
        {
            await foreach (var stack in calls.StacksAsync(null, cancellation))
                if (IsUsable(stack.Element("StackStatus")?.Value ?? "") && DeployedStack.OutputsOf(stack) is var outputs && outputs.ContainsKey(DeployedStack.QueueUrlOutput) && outputs.ContainsKey("LifecycleHookName"))
                    ours.Add(stack.Element("StackName")?.Value ?? "");
        }
        catch (AmazonServiceException exception)
        {
            return $"There is no stack named {name} in {identity.Place}. Listing the stacks failed ({Problem.InWords(exception)}).";
        }
        ours.Sort(StringComparer.Ordinal);
        var meant = ParseProblems.Nearest(name, ours) is { } near ? $" Did you mean {near}?" : "";
        return $"There is no stack named {name} in {identity.Place}. "
            + (ours.Count == 0 ? "No stack there is one of TargetDrain's." : $"Stacks of TargetDrain there: {string.Join(", ", ours)}.{meant}");
    }

    private async Task<XElement?> DescribeAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await calls.StacksAsync(name, cancellation).FirstOrDefaultAsync(cancellation);
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode == "ValidationError" && exception.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private async Task<FunctionConfiguration> FunctionAsync(string stack, string function, CancellationToken cancellation)
    {
        try
        {
            return await calls.FunctionAsync(function, cancellation);
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode == "ResourceNotFoundException")
        {
            throw new WrongUseException($"The stack {stack} in {identity.Place} names the function {function}, which does not exist any more.");
        }
    }

    // A creation that failed or was taken back leaves nothing; an update that was, leaves what was before.
    private static bool IsUsable(string status) =>
        status.StartsWith("UPDATE_", StringComparison.Ordinal) || status is "CREATE_COMPLETE" || status.StartsWith("IMPORT_", StringComparison.Ordinal);
}
