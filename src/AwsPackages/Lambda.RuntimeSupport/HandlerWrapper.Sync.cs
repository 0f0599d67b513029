using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

public partial class HandlerWrapper
{
    public static HandlerWrapper GetHandlerWrapper(Action handler) =>
        new(i => { handler(); return Task.FromResult(Nothing()); });

    public static HandlerWrapper GetHandlerWrapper(Action<Stream> handler) =>
        new(i => { handler(i.InputStream); return Task.FromResult(Nothing()); });

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput> handler, ILambdaSerializer serializer) =>
        new(i => { handler(Read<TInput>(i, serializer)); return Task.FromResult(Nothing()); }, serializer);

    public static HandlerWrapper GetHandlerWrapper(Action<ILambdaContext> handler) =>
        new(i => { handler(i.LambdaContext); return Task.FromResult(Nothing()); });

    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext> handler) =>
        new(i => { handler(i.InputStream, i.LambdaContext); return Task.FromResult(Nothing()); });

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        new(i => { handler(Read<TInput>(i, serializer), i.LambdaContext); return Task.FromResult(Nothing()); }, serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<Stream> handler) =>
        new(i => Task.FromResult(new InvocationResponse(handler())));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Stream> handler) =>
        new(i => Task.FromResult(new InvocationResponse(handler(i.InputStream))));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Stream> handler, ILambdaSerializer serializer) =>
        new(i => Task.FromResult(new InvocationResponse(handler(Read<TInput>(i, serializer)))), serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Stream> handler) =>
        new(i => Task.FromResult(new InvocationResponse(handler(i.LambdaContext))));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Stream> handler) =>
        new(i => Task.FromResult(new InvocationResponse(handler(i.InputStream, i.LambdaContext))));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Stream> handler, ILambdaSerializer serializer) =>
        new(i => Task.FromResult(new InvocationResponse(handler(Read<TInput>(i, serializer), i.LambdaContext))), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Task.FromResult(Json(handler(), serializer)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Task.FromResult(Json(handler(i.InputStream), serializer)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Task.FromResult(Json(handler(Read<TInput>(i, serializer)), serializer)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Task.FromResult(Json(handler(i.LambdaContext), serializer)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Task.FromResult(Json(handler(i.InputStream, i.LambdaContext), serializer)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Task.FromResult(Json(handler(Read<TInput>(i, serializer), i.LambdaContext), serializer)), serializer);

    /// <summary>The handler writes its answer into the given stream.</summary>
    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext, MemoryStream> handler) => new(i =>
    {
        var output = new MemoryStream();
        handler(i.InputStream, i.LambdaContext, output);
        output.Position = 0;
        return Task.FromResult(new InvocationResponse(output));
    });
}
