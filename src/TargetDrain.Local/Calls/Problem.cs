namespace TargetDrain.Local.Calls;

/// <summary>What went wrong with a call, for a person: what AWS said, without the names of our exceptions.</summary>
internal static class Problem
{
    public static string InWords(Exception exception) => exception switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"AWS answered {code}: {exception.Message}",
        HttpRequestException => $"the endpoint cannot be reached: {exception.Message}",
        // The SDK wraps what happened on the way in words that say nothing.
        AmazonServiceException { InnerException: not null } => $"the endpoint cannot be reached: {exception.GetBaseException().Message}",
        AmazonClientException when exception.Message.Contains("RegionEndpoint", StringComparison.Ordinal) =>
            "no Region is set; give --region, or set AWS_REGION.",
        // Without credentials for its usual signature, STS asks for another one, which needs a library nobody has.
        AmazonClientException when exception.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("Signature V4a", StringComparison.Ordinal) =>
            "no AWS credentials were found; give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        _ => exception.Message,
    };

    /// <summary>Whether a permission is missing, in the codes of each service.</summary>
    public static bool IsDenied(Exception exception) => exception is AmazonServiceException
    {
        ErrorCode: "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "AuthorizationError" or "NotAuthorized",
    };

    public static string Sentence(Exception exception) => InWords(exception) is var words && words.Length > 0 ? $"{char.ToUpperInvariant(words[0])}{words[1..]}" : words;
}
