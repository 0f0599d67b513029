using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace TargetDrain.Benchmarks.Reports;

/// <summary>What a benchmark found: notes and tables for people, the same figures as JSON for programs.</summary>
internal sealed class Report(string name)
{
    private readonly List<object> parts = [];
    private readonly JsonObject figures = [];

    public string Name { get; } = name;

    /// <summary>Where JSON and plots go, below the current directory.</summary>
    public static string Folder => Path.Combine("artifacts", "benchmarks");

    /// <summary>A sentence: what was run, how a bound is computed.</summary>
    public void Note(string text) => parts.Add(text);

    public void Add(FigureTable table)
    {
        parts.Add(table);
        figures[table.Key] = table.ToJson();
    }

    /// <summary>Prints, and writes the JSON file.</summary>
    public void Finish(bool asJson)
    {
        var json = Indented(new JsonObject
        {
            ["benchmark"] = Name,
            ["notes"] = new JsonArray([.. parts.OfType<string>().Select(note => (JsonNode)note)]),
            ["figures"] = figures,
        });
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, $"{Name}.json"), json);
        if (asJson)
        {
            Console.Out.WriteLine(json);
            return;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        // Not a terminal: no wrapping to eighty columns.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 220;
        foreach (var part in parts)
        {
            if (part is FigureTable table) console.Write(table.ToTable());
            else console.WriteLine((string)part);
        }
        console.WriteLine($"Written to {Path.Combine(Folder, Name)}.json");
    }

    private static string Indented(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true })) node.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
