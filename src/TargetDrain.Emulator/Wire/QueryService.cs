namespace TargetDrain.Emulator.Wire;

/// <summary>
/// Reads and checks the parameters, all of them, and changes nothing; what it returns does it, and writes what belongs
/// into the result element. It cannot fail any more.
/// </summary>
internal delegate Action<XmlBuffer> QueryOperation(QueryParameters parameters);

/// <summary>The answers of operations that have nothing to tell.</summary>
internal static class QueryAnswers
{
    public static Action<XmlBuffer> Silently(this Action change) => _ => change();

    public static Action<XmlBuffer> Silently<T>(this Func<T> change) => _ => change();

    /// <summary>As EC2 has it: "return" is true.</summary>
    public static Action<XmlBuffer> Acknowledged(this Action change) => xml =>
    {
        change();
        xml.Element("return", true);
    };
}

/// <summary>A service that speaks the Query protocol, or EC2's variant of it.</summary>
/// <param name="Name">Signing name and IAM prefix.</param>
/// <param name="Version">The API version, which names the service when no signature does.</param>
/// <param name="State">Under which its operations are planned and done.</param>
/// <param name="Resource">The ARN a call is about; empty when it names none.</param>
internal sealed record QueryService(
    string Name, string Version, StateLock State, IReadOnlyDictionary<string, QueryOperation> Operations, Func<QueryParameters, string> Resource)
{
    public ServiceModel Model { get; } = ServiceModel.Of(Name);

    /// <summary>EC2 has no result element, another error envelope, and lists without "member".</summary>
    public bool IsEc2 => Name == "ec2";

    public string XmlNamespace => $"http://{Name}.amazonaws.com/doc/{Version}/";

    /// <exception cref="AwsErrorException">Anything AWS would say no to; nothing has changed then.</exception>
    public void Run(string operation, QueryParameters parameters, XmlBuffer result)
    {
        if (!Operations.TryGetValue(operation, out var plan))
            throw new AwsErrorException("InvalidAction", $"The action {operation} is not valid for this endpoint.");
        if (parameters.Repeated is { } twice)
            throw new AwsErrorException("MalformedQueryString", $"The parameter {twice} was sent twice");
        ValueCheck.Query(Model, Name, operation, parameters);
        State.Perform(() =>
        {
            var change = plan(parameters);
            var isDry = IsEc2 && parameters.Flag("DryRun") == true;
            // What was not read by now would be ignored.
            if (parameters.Unread() is { } ignored) throw Violations.NotEmulated(ignored, operation);
            if (isDry) throw new AwsErrorException("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
            return () => change(result);
        });
    }
}
