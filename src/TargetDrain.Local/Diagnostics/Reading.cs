namespace TargetDrain.Local.Diagnostics;

/// <summary>A call that a check needs and that may be refused: then the permission is named.</summary>
internal static class Reading
{
    /// <param name="action">As IAM calls it, such as "lambda:GetFunctionConfiguration".</param>
    /// <returns>The answer, or what to tell in its place.</returns>
    public static async Task<(T? Answer, Finding? Problem)> TryAsync<T>(string action, Func<Task<T>> call) where T : class
    {
        try
        {
            return (await call(), null);
        }
        catch (Exception exception) when (exception is AmazonServiceException or TimeoutException or HttpRequestException or IOException)
        {
            return (null, Finding.Note($"{action} is not answered: {Problem.InWords(exception)}", Problem.IsDenied(exception) ? $"Grant {action} to yourself." : ""));
        }
    }
}
