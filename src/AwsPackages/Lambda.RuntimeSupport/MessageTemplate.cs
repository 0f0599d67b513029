using System.Collections;
using System.Globalization;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A text with placeholders {Name}, {Name:format}, {0} or {@Name}, and the values for them, in order.</summary>
internal readonly struct MessageTemplate(string text, object[] args)
{
    public bool HasArguments => args is { Length: > 0 };

    /// <summary>The text with the values in. Null, lists and dictionaries leave their placeholder as it is.</summary>
    public void AppendTo(StringBuilder target)
    {
        if (!HasArguments)
        {
            target.Append(text);
            return;
        }

        var position = 0;
        var index = 0;
        while (position < text.Length)
        {
            var current = text[position];
            if ((current is '{' or '}') && position + 1 < text.Length && text[position + 1] == current)
            {
                target.Append(current);
                position += 2;
            }
            else if (current == '{' && text.IndexOf('}', position) is var end and > 0)
            {
                var value = Argument(text.AsSpan(position + 1, end - position - 1), index++);
                if (value is null or IList or IDictionary) target.Append(text, position, end - position + 1);
                else target.Append(Format(value, FormatOf(text.AsSpan(position + 1, end - position - 1))));
                position = end + 1;
            }
            else
            {
                target.Append(current);
                position++;
            }
        }
    }

    /// <summary>Name and value of each placeholder that has a value.</summary>
    public List<KeyValuePair<string, object>> Fields()
    {
        var fields = new List<KeyValuePair<string, object>>();
        if (!HasArguments) return fields;
        var index = 0;
        for (var position = 0; position < text.Length; position++)
        {
            if (text[position] != '{') continue;
            if (position + 1 < text.Length && text[position + 1] == '{')
            {
                position++;
                continue;
            }

            var end = text.IndexOf('}', position);
            if (end < 0) break;
            var hole = text.AsSpan(position + 1, end - position - 1);
            var value = Argument(hole, index++);
            if (value is not null) fields.Add(new(NameOf(hole).ToString(), value));
            position = end;
        }

        return fields;
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> hole)
    {
        var name = hole.IndexOf(':') is var colon and >= 0 ? hole[..colon] : hole;
        return name.TrimStart('@').Trim();
    }

    private static string FormatOf(ReadOnlySpan<char> hole) => hole.IndexOf(':') is var colon and >= 0 ? hole[(colon + 1)..].ToString() : null;

    private static string Format(object value, string format) => value switch
    {
        DateTime time when format is null => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time when format is null => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>A number names an argument by its position; a name takes the next one.</summary>
    private object Argument(ReadOnlySpan<char> hole, int index)
    {
        var position = int.TryParse(NameOf(hole), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : index;
        return position < args.Length ? args[position] : null;
    }
}
