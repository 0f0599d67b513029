namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>A payload that does not fit the handler's type, or an answer that cannot be written.</summary>
public class JsonSerializerException : Exception
{
    public JsonSerializerException(string message)
        : base(message) { }

    public JsonSerializerException(string message, Exception exception)
        : base(message, exception) { }
}
