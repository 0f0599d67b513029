using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Where log messages go: the file descriptor that Lambda names, else the console.</summary>
internal sealed class LogSink
{
    private const uint TextFrame = 0xa55a0003;
    private const uint JsonFrame = 0xa55a0002;

    private readonly Stream _frames;
    private readonly Lock _lock = new();

    private LogSink(Stream frames) => _frames = frames;

    public static LogSink Open()
    {
        const string Variable = "_LAMBDA_TELEMETRY_LOG_FD";
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var descriptor)) return new(null);

        // A child process must not write frames into the same descriptor.
        Environment.SetEnvironmentVariable(Variable, null);
        return new(new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0));
    }

    public void Write(string text, bool isJson)
    {
        lock (_lock)
        {
            if (_frames is null) Console.Out.Write(text);
            else WriteFrame(text.AsSpan().TrimEnd('\n'), isJson);
        }
    }

    /// <summary>Type, length, microseconds since 1970, all big-endian, then the message.</summary>
    private void WriteFrame(ReadOnlySpan<char> text, bool isJson)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var frame = new byte[16 + length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, isJson ? JsonFrame : TextFrame);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), length);
        var microseconds = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(8), microseconds);
        Encoding.UTF8.GetBytes(text, frame.AsSpan(16));
        _frames.Write(frame);
        _frames.Flush();
    }
}
