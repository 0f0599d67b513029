namespace TargetDrain.Emulator;

internal static class TagMap
{
    /// <summary>Tags or attributes as services set them: what is new comes to what is there, or takes its place.</summary>
    public static void Put(this IDictionary<string, string> present, IEnumerable<KeyValuePair<string, string>> added)
    {
        foreach (var (key, value) in added) present[key] = value;
    }
}
