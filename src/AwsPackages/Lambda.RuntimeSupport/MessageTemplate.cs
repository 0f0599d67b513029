using System.Globalization;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A text whose placeholders, {Name} or {Name:format}, were filled, and what they were filled with.</summary>
internal sealed record MessageTemplate(string Text, List<KeyValuePair<string, string>> Fields)
{
    /// <param name="template">Taken as it is when there are no arguments.</param>
    /// <param name="args">In the order of the placeholders; formatted already, so that formats are passed over.</param>
    public static MessageTemplate Fill(string template, object[] args)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var text = new StringBuilder();
        var position = 0;
        foreach (var arg in args ?? [])
        {
            var begin = template.IndexOf('{', position);
            var end = begin < 0 ? -1 : template.IndexOf('}', begin);
            if (end < 0) break;
            var value = Convert.ToString(arg, CultureInfo.InvariantCulture);
            text.Append(template, position, begin - position).Append(value);
            fields.Add(new(template[(begin + 1)..end].Split(':')[0], value));
            position = end + 1;
        }

        return new(text.Append(template, position, template.Length - position).ToString(), fields);
    }
}
