using TargetDrain.Emulator.Faults;

namespace TargetDrain.Emulator.Deployment;

/// <summary>The permissions that a SAM template gives its function.</summary>
internal static class StackPolicy
{
    /// <summary>The statements of the inline policies of the template's AWS::Serverless::Function.</summary>
    /// <exception cref="InvalidDataException">A statement that cannot be enforced.</exception>
    public static IReadOnlyList<PolicyStatement> Of(StackTemplate template)
    {
        var (_, function) = template.OfType("AWS::Serverless::Function").First();
        return [.. Items(function["Policies"]).OfType<JsonObject>().SelectMany(policy => Items(policy["Statement"])).OfType<JsonObject>().Select(Read)];
    }

    private static PolicyStatement Read(JsonObject statement)
    {
        if (statement["Effect"]?.GetValue<string>() is "Deny")
            throw new InvalidDataException("Deny statements are not enforced here; write the policy with Allow only.");
        return new PolicyStatement(Texts(statement["Action"]), Texts(statement["Resource"]))
        {
            ResourceTags = TagsOf(statement["Condition"] as JsonObject ?? []),
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> TagsOf(JsonObject condition)
    {
        var tags = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (test, keys) in condition)
        {
            if (test is not ("StringEquals" or "StringLike") || keys is not JsonObject entries)
                throw new InvalidDataException($"The condition {test} is not enforced here; StringEquals and StringLike are.");
            foreach (var (key, value) in entries)
            {
                var tag = key.IndexOf("ResourceTag/", StringComparison.OrdinalIgnoreCase);
                if (tag < 0) throw new InvalidDataException($"The condition key {key} is not enforced here; aws:ResourceTag/… is.");
                tags[key[(tag + "ResourceTag/".Length)..]] = Texts(value);
            }
        }
        return tags;
    }

    private static List<string> Texts(JsonNode? value) => [.. Items(value).Select(item => item!.GetValue<string>())];

    private static JsonArray Items(JsonNode? value) => value switch
    {
        null => [],
        JsonArray list => list,
        _ => [value.DeepClone()],
    };
}
