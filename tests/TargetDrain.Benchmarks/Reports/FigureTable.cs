using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace TargetDrain.Benchmarks.Reports;

/// <summary>Rows of named figures.</summary>
/// <param name="key">Its name in the JSON.</param>
internal sealed class FigureTable(string key, params string[] columns)
{
    private readonly List<(string Name, object[] Values)> rows = [];

    public string Key { get; } = key;

    /// <param name="values">Numbers or texts, one per column after the first.</param>
    public void Row(string name, params object[] values) => rows.Add((name, values));

    public Table ToTable()
    {
        var table = new Table().Border(TableBorder.Ascii2).AddColumn(columns[0]);
        foreach (var column in columns.Skip(1)) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var (name, values) in rows) table.AddRow([Markup.Escape(name), .. values.Select(value => Markup.Escape(Text(value)))]);
        return table;
    }

    public JsonArray ToJson() => [.. rows.Select(row =>
    {
        var entry = new JsonObject { [columns[0]] = row.Name };
        for (var i = 0; i < row.Values.Length; i++) entry[columns[i + 1]] = Value(row.Values[i]);
        return (JsonNode)entry;
    })];

    private static string Text(object value) => value switch
    {
        double number when double.IsNaN(number) => "-",
        double number when Math.Abs(number) >= 1000 => number.ToString("N0", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) >= 100 => number.ToString("0.#", CultureInfo.InvariantCulture),
        double number => number.ToString("0.###", CultureInfo.InvariantCulture),
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static JsonNode? Value(object value) => value switch
    {
        double number => double.IsFinite(number) ? Math.Round(number, 4) : null,
        int number => number,
        _ => value.ToString(),
    };
}
