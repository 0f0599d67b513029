using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Stands in for Console.Out or Console.Error: a line becomes a message, what has no line end is passed on as it is.</summary>
internal sealed class LogWriter(ConsoleLog log, LogLevel level) : TextWriter
{
    private static TextWriter _installedOut;
    private static TextWriter _original;

    private readonly string _level = level.ToString();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The console that was there before this class took its place, however often it did.</summary>
    public static TextWriter OriginalOut => ReferenceEquals(Console.Out, _installedOut) ? _original : Console.Out;

    public static void Redirect(ConsoleLog log)
    {
        _original = OriginalOut;
        Console.SetOut(new LogWriter(log, LogLevel.Information));
        Console.SetError(new LogWriter(log, LogLevel.Error));
        _installedOut = Console.Out;
    }

    public override void Write(char value) => log.Raw(value.ToString());

    public override void Write(char[] buffer, int index, int count) => log.Raw(new string(buffer, index, count));

    public override void Write(string value) => log.Raw(value ?? "");

    public override void WriteLine() => WriteLine("");

    public override void WriteLine(char value) => WriteLine(value.ToString());

    public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));

    public override void WriteLine(string value) => log.Write(_level, null, value, null);

    public override void WriteLine(object value) => WriteLine(Convert.ToString(value, FormatProvider));

    public override void WriteLine(bool value) => WriteLine(value ? bool.TrueString : bool.FalseString);

    public override void WriteLine(int value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(long value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(double value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(decimal value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(string format, params object[] arg) => WriteLine(string.Format(FormatProvider, format, arg));

    public override void WriteLine(string format, object arg0) => WriteLine(string.Format(FormatProvider, format, arg0));

    public override void WriteLine(string format, object arg0, object arg1) => WriteLine(string.Format(FormatProvider, format, arg0, arg1));
}
