using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

public partial class HandlerWrapper
{
    public static HandlerWrapper GetHandlerWrapper(Func<Task> handler) =>
        new(async i => { await handler().ConfigureAwait(false); return Nothing(); });

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task> handler) =>
        new(async i => { await handler(i.InputStream).ConfigureAwait(false); return Nothing(); });

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        new(async i => { await handler(Read<TInput>(i, serializer)).ConfigureAwait(false); return Nothing(); }, serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task> handler) =>
        new(async i => { await handler(i.LambdaContext).ConfigureAwait(false); return Nothing(); });

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task> handler) =>
        new(async i => { await handler(i.InputStream, i.LambdaContext).ConfigureAwait(false); return Nothing(); });

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(async i => { await handler(Read<TInput>(i, serializer), i.LambdaContext).ConfigureAwait(false); return Nothing(); }, serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<Task<Stream>> handler) =>
        new(async i => new(await handler().ConfigureAwait(false)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task<Stream>> handler) =>
        new(async i => new(await handler(i.InputStream).ConfigureAwait(false)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(async i => new(await handler(Read<TInput>(i, serializer)).ConfigureAwait(false)), serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task<Stream>> handler) =>
        new(async i => new(await handler(i.LambdaContext).ConfigureAwait(false)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(async i => new(await handler(i.InputStream, i.LambdaContext).ConfigureAwait(false)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(async i => new(await handler(Read<TInput>(i, serializer), i.LambdaContext).ConfigureAwait(false)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async i => Json(await handler().ConfigureAwait(false), serializer), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async i => Json(await handler(i.InputStream).ConfigureAwait(false), serializer), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async i => Json(await handler(Read<TInput>(i, serializer)).ConfigureAwait(false), serializer), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async i => Json(await handler(i.LambdaContext).ConfigureAwait(false), serializer), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async i => Json(await handler(i.InputStream, i.LambdaContext).ConfigureAwait(false), serializer), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async i => Json(await handler(Read<TInput>(i, serializer), i.LambdaContext).ConfigureAwait(false), serializer), serializer);
}
