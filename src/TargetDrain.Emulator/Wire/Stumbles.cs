namespace TargetDrain.Emulator.Wire;

/// <summary>
/// The last net. Every input is held against its model before an operation sees it, so nothing should fall in here; what
/// does is answered in the service's own protocol, never with an empty 500. Kinds that only an input can cause are the
/// caller's error. The tests count the catches, and want none.
/// </summary>
internal static class Stumbles
{
    private static int count;

    public static int Count => Volatile.Read(ref count);

    public static AwsErrorException Catch(string service, Exception exception)
    {
        Interlocked.Increment(ref count);
        return exception is FormatException or OverflowException or JsonException or InvalidCastException or ArgumentException or DecoderFallbackException
            ? new AwsErrorException(
                service is "sqs" or "events" or "lambda" ? "SerializationException" : service == "ec2" ? "InvalidParameterValue" : "MalformedInput",
                $"The request cannot be read: {exception.Message}")
            : new AwsErrorException(service == "ec2" ? "InternalError" : "InternalFailure", $"A defect of the emulator: {exception}", 500);
    }
}
