using System.Collections.Immutable;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Traffic;

namespace TargetDrain.Emulator.Wire;

/// <summary>
/// The endpoint of every service: finds out who calls what, lets permissions, limits, latency and faults have their say,
/// and answers in the service's own protocol.
/// </summary>
public sealed class AwsEndpoint
{
    private readonly World world;
    private readonly IdSource ids;
    private readonly IReadOnlyList<QueryService> queryServices;
    private ImmutableArray<JsonService> jsonServices = [];

    internal AwsEndpoint(World world, IdSource ids, IReadOnlyList<QueryService> queryServices)
    {
        this.world = world;
        this.ids = ids;
        this.queryServices = queryServices;
    }

    /// <param name="targetPrefix">What X-Amz-Target begins with, such as "AmazonSQS."; the rest is the operation.</param>
    /// <param name="service">Signing name and IAM prefix.</param>
    public void AddJsonService(string targetPrefix, string service, JsonOperation invoke) =>
        ImmutableInterlocked.Update(ref jsonServices, added => added.Add(new JsonService(targetPrefix, service, invoke)));

    public Task<WireResponse> HandleAsync(WireRequest request, CancellationToken cancellationToken = default)
    {
        var started = world.Clock.GetUtcNow();
        var requestId = ids.Uuid();
        var principal = Credential.Of(request);
        if (request.Header("X-Amz-Target") is { } target
            && jsonServices.FirstOrDefault(service => target.StartsWith(service.TargetPrefix, StringComparison.Ordinal)) is { } json)
            return HandleJsonAsync(json, target[json.TargetPrefix.Length..], request, principal, requestId, started, cancellationToken);
        return HandleQueryAsync(request, principal, requestId, started, cancellationToken);
    }

    private Task<WireResponse> HandleJsonAsync(
        JsonService service, string operation, WireRequest request, Credential credential, string requestId,
        DateTimeOffset started, CancellationToken cancellationToken)
    {
        JsonObject? input = null;
        AwsErrorException? malformed = null;
        try { input = JsonService.Read(request.Body); }
        catch (AwsErrorException error) { malformed = error; }
        var resource = input is null ? "" : service.ResourceOf(input, world.Options);
        return AnswerAsync(
            new ApiCall(service.Name, operation, resource, credential.AccessKeyId),
            async () => malformed is null
                ? service.Answer(await service.Invoke(operation, input!, cancellationToken), requestId)
                : throw malformed,
            error => service.Error(error, requestId),
            started,
            cancellationToken);
    }

    private Task<WireResponse> HandleQueryAsync(
        WireRequest request, Credential credential, string requestId, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var parameters = QueryParameters.Parse(request.Body.Span);
        var operation = parameters["Action"] ?? "(none)";
        var service = queryServices.FirstOrDefault(service => service.Name == credential.Service)
            ?? queryServices.FirstOrDefault(service => service.Version == parameters["Version"]);
        if (service is null)
            return Task.FromResult(new WireResponse(404, "text/plain", "No such service is emulated."u8.ToArray()));
        return AnswerAsync(
            new ApiCall(service.Name, operation, service.Resource(parameters), credential.AccessKeyId),
            () => Task.FromResult(service.Operations.TryGetValue(operation, out var run)
                ? QueryProtocol.Answer(service, operation, requestId, result => run(parameters, result, credential.AccessKeyId))
                : throw new AwsErrorException("InvalidAction", $"The action {operation} is not valid for this endpoint.")),
            error => QueryProtocol.Error(service, error, requestId),
            started,
            cancellationToken);
    }

    private async Task<WireResponse> AnswerAsync(
        ApiCall call, Func<Task<WireResponse>> execute, Func<AwsErrorException, WireResponse> render,
        DateTimeOffset started, CancellationToken cancellationToken)
    {
        string? errorCode = "(no answer)";
        try
        {
            var response = await PassAsync(call, execute, cancellationToken);
            errorCode = null;
            return response;
        }
        catch (AwsErrorException error)
        {
            errorCode = error.Code;
            return render(error);
        }
        finally
        {
            world.Journal.Write(new ApiCalled(call.Service, call.Operation, call.Resource, errorCode, call.Principal, started));
        }
    }

    /// <summary>The order in which AWS would turn a call away, and only then the call itself.</summary>
    private async Task<WireResponse> PassAsync(ApiCall call, Func<Task<WireResponse>> execute, CancellationToken cancellationToken)
    {
        if (!world.Permissions.Allow(call)) throw ServiceErrors.AccessDenied(call);
        if (!world.Throttle.TryTake(call)) throw ServiceErrors.Throttled(call);
        await DelayAsync(world.Latency.Of(call), cancellationToken);
        if (world.Faults.Strike(call) is not { } fault) return await execute();
        if (fault.AfterEffect)
        {
            var response = await execute();
            await DelayAsync(fault.Stall, cancellationToken);
            return fault.Spoil(call, response);
        }
        await DelayAsync(fault.Stall, cancellationToken);
        fault.StopShort(call);
        return await execute();
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? world.Clock.PauseAsync(delay, cancellationToken) : Task.CompletedTask;
}
