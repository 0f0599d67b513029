namespace TargetDrain.Emulator.Wire;

/// <summary>
/// What is wrong with the values of one request, gathered while it is held against its model, and told as the service
/// tells it: most with one error that lists all, EC2 and SQS with the code of the first.
/// </summary>
internal sealed class Violations(string service)
{
    private readonly List<string> constraints = [];
    private AwsErrorException? first;

    private bool IsEc2 => service == "ec2";

    public void Missing(string path)
    {
        if (IsEc2) Say(new("MissingParameter", $"The request must contain the parameter {Plain(path)}"));
        else if (service == "sqs") Say(Queues.SqsError.Missing(path));
        else Constrain("null", path, "Member must not be null");
    }

    public void Unknown(string path, string operation, bool knownToAws) => Say(knownToAws
        ? NotEmulated(path, operation)
        : IsEc2
            ? new("UnknownParameter", $"The parameter {Plain(path)} is not recognized")
            : new(ValidationCode, $"The parameter {Plain(path)} of {operation} is not recognized"));

    public void Malformed(string value, string path, string wanted)
    {
        if (IsEc2) Say(new("InvalidParameterValue", $"Value ({value}) for parameter {Plain(path)} is invalid. It must be {wanted}."));
        else if (service is "sqs" or "events") Say(new("SerializationException", $"The value of {Plain(path)} must be {wanted}."));
        else Say(new(service is "elasticloadbalancing" or "autoscaling" ? "ValidationError" : "MalformedInput",
            $"Value '{value}' at '{Camel(path)}' is malformed: it must be {wanted}"));
    }

    /// <param name="value">As it was sent.</param>
    public void Outside(ValueRule rule, string value, long measure, string path)
    {
        if (rule.Min is { } min && measure < min) Constrain(value, path, $"Member must have {Measure(rule)} greater than or equal to {Text(min)}");
        else if (rule.Max is { } max && measure > max) Constrain(value, path, $"Member must have {Measure(rule)} less than or equal to {Text(max)}");
    }

    public void NotOneOf(ValueRule rule, string value, string path) =>
        Constrain(value, path, $"Member must satisfy enum value set: [{string.Join(", ", rule.OneOf!)}]");

    public void NotLike(ValueRule rule, string value, string path) =>
        Constrain(value, path, $"Member must satisfy regular expression pattern: {rule.PatternText}");

    /// <exception cref="AwsErrorException">When anything is wrong.</exception>
    public void Throw()
    {
        if (first is not null) throw first;
        if (constraints.Count == 0) return;
        var noun = constraints.Count == 1 ? "1 validation error" : $"{constraints.Count} validation errors";
        throw new AwsErrorException(ValidationCode, $"{noun} detected: {string.Join("; ", constraints)}");
    }

    public static AwsErrorException NotEmulated(string path, string operation) => new(
        "NotEmulated", $"The emulator does not emulate the parameter {Plain(path)} of {operation}; leave it out.");

    private string ValidationCode => service is "events" or "sqs" or "lambda" ? "ValidationException" : "ValidationError";

    private void Constrain(string value, string path, string constraint)
    {
        if (IsEc2) Say(new("InvalidParameterValue", $"Value ({value}) for parameter {Plain(path)} is invalid. {constraint}"));
        else constraints.Add($"Value {(value == "null" ? value : $"'{value}'")} at '{Camel(path)}' failed to satisfy constraint: {constraint}");
    }

    private void Say(AwsErrorException error) => first ??= error;

    private static string Measure(ValueRule rule) => rule.Type is ValueType.Whole or ValueType.Decimal ? "value" : "length";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Plain(string path) => path.Trim('.');

    // Targets.member.1.Id is told as targets.1.member.id.
    private static string Camel(string path)
    {
        var steps = Plain(path).Split('.').Where(step => step != "member").Select(step =>
            step.Length > 0 && char.IsAsciiDigit(step[0]) ? $"{step}.member" : step.Length > 0 ? $"{char.ToLowerInvariant(step[0])}{step[1..]}" : step);
        return string.Join('.', steps);
    }
}
