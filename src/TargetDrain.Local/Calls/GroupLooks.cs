using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Local.Calls;

internal static class GroupLooks
{
    /// <summary>Looks into all groups at once. One that does not answer is a problem to be told, and hides nothing of the others.</summary>
    /// <param name="progress">Told how many were looked into, and of how many.</param>
    public static async Task<List<T>> EachAsync<T>(
        IReadOnlyCollection<TargetGroup> groups, Action<int, int>? progress, List<string> problems, Func<TargetGroup, Task<IEnumerable<T>>> look)
    {
        var done = 0;
        var found = await Task.WhenAll(groups.Select(async group =>
        {
            try
            {
                return await look(group);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                lock (problems) problems.Add($"{group.TargetGroupName} did not answer ({Problem.InWords(exception)}).");
                return [];
            }
            finally
            {
                progress?.Invoke(Interlocked.Increment(ref done), groups.Count);
            }
        }));
        return [.. found.SelectMany(items => items)];
    }
}
