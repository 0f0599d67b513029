namespace TargetDrain.Local.Calls;

internal static class Paging
{
    /// <summary>A list, page after page.</summary>
    /// <param name="read">Reads the page that a token stands for, null for the first: its items, and the next page's token.</param>
    public static async Task<List<T>> AllAsync<T>(Func<string?, Task<(IEnumerable<T>? Items, string? Next)>> read)
    {
        var all = new List<T>();
        string? token = null;
        do
        {
            (var items, token) = await read(token);
            all.AddRange(items ?? []);
        }
        while (!string.IsNullOrEmpty(token));
        return all;
    }
}
