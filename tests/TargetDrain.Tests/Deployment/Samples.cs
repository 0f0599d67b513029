namespace TargetDrain.Tests.Deployment;

/// <summary>tests/samples/events: what "sam local invoke" and the local run are fed with.</summary>
internal static class Samples
{
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Repository.At("tests", "samples", "events"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path));

    public static string Text(string name) => Repository.Text("tests", "samples", "events", $"{name}.json");
}
