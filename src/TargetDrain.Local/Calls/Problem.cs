using Amazon.Runtime;

namespace TargetDrain.Local.Calls;

/// <summary>What went wrong with a call, for a person: what AWS said, without the names of our exceptions.</summary>
internal static class Problem
{
    public static string InWords(Exception exception) => exception switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"AWS answered {code}: {exception.Message}",
        HttpRequestException or AmazonServiceException { InnerException: HttpRequestException } =>
            $"the endpoint cannot be reached: {(exception as HttpRequestException ?? exception.InnerException!).Message}",
        AmazonClientException when exception.Message.Contains("RegionEndpoint", StringComparison.Ordinal) =>
            "no Region is set; give --region, or set AWS_REGION.",
        AmazonClientException when exception.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) =>
            "no AWS credentials were found; give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        _ => exception.Message,
    };

    public static string Sentence(Exception exception) => InWords(exception) is var words && words.Length > 0 ? $"{char.ToUpperInvariant(words[0])}{words[1..]}" : words;
}
