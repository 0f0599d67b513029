using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Makes any handler the one shape that the loop calls. The async and the plain overloads belong together: without the
/// former, an async handler would bind to the latter and its Task be serialized.
/// </summary>
public partial class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler, ILambdaSerializer serializer = null)
    {
        Handler = handler;
        Serializer = serializer;
    }

    public LambdaBootstrapHandler Handler { get; private set; }

    internal ILambdaSerializer Serializer { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private static T Read<T>(InvocationRequest invocation, ILambdaSerializer serializer) => serializer.Deserialize<T>(invocation.InputStream);

    internal static InvocationResponse Nothing() => new(Stream.Null, false);

    private static InvocationResponse Json<T>(T output, ILambdaSerializer serializer)
    {
        var stream = new MemoryStream();
        serializer.Serialize(output, stream);
        stream.Position = 0;
        return new InvocationResponse(stream);
    }
}
