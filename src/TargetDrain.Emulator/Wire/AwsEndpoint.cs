using System.Collections.Immutable;
using TargetDrain.Emulator.CloudWatch;
using TargetDrain.Emulator.Faults;

namespace TargetDrain.Emulator.Wire;

/// <summary>
/// The endpoint of every service: finds out who calls what where, lets permissions, limits, latency and faults have
/// their say, and answers in the service's own protocol.
/// </summary>
internal sealed class AwsEndpoint(World world, IdSource ids, IReadOnlyList<QueryService> queryServices)
{
    private ImmutableArray<JsonService> jsonServices = [];

    internal RestService? Rest { get; init; }

    /// <param name="targetPrefix">What X-Amz-Target begins with, such as "AmazonSQS."; the rest is the operation.</param>
    /// <param name="service">Signing name and IAM prefix.</param>
    public void AddJsonService(string targetPrefix, string service, JsonOperation invoke) => Add(new JsonService(targetPrefix, service, invoke));

    internal void Add(JsonService service) => ImmutableInterlocked.Update(ref jsonServices, added => added.Add(service));

    public Task<WireResponse> HandleAsync(WireRequest request, CancellationToken cancellationToken = default)
    {
        var credential = Credential.Of(request);
        if (credential.Region is { } region && region != world.Options.Region && credential.Service is not "sts")
        {
            return world.Elsewhere(region) is { } other
                ? other.Endpoint.HandleAsync(request, cancellationToken)
                : Task.FromResult(UnknownService.Answer(
                    request, new AwsErrorException("UnrecognizedClientException", $"'{region}' is no AWS Region."), credential.Service, ids.Uuid()));
        }
        if (CborProtocol.TargetOf(request) is { } cbor && jsonServices.Any(service => cbor.StartsWith(service.TargetPrefix, StringComparison.Ordinal)))
            return CborProtocol.AnswerAsync(request, cbor, json => HandleAsync(json, cancellationToken));
        var call = new Incoming(request, credential, ids.Uuid(), world.Clock.GetUtcNow());
        if (request.Header("X-Amz-Target") is { } target)
            return jsonServices.FirstOrDefault(service => target.StartsWith(service.TargetPrefix, StringComparison.Ordinal)) is { } json
                ? HandleJsonAsync(json, target[json.TargetPrefix.Length..], call, cancellationToken)
                : Task.FromResult(UnknownService.Answer(request, credential.Service ?? target, call.RequestId));
        if (Rest is { } rest && credential.Service == rest.Name) return HandleRestAsync(rest, call, cancellationToken);
        return HandleQueryAsync(call, cancellationToken);
    }

    private Task<WireResponse> HandleJsonAsync(JsonService service, string operation, Incoming incoming, CancellationToken cancellationToken)
    {
        JsonObject? input = null;
        AwsErrorException? malformed = null;
        try { input = JsonService.Read(incoming.Request.Body); }
        catch (AwsErrorException error) { malformed = error; }
        var resource = input is null ? "" : service.ResourceOf(input, world.Options);
        return AnswerAsync(incoming, new Operation(
            new ApiCall(service.Name, operation, resource, incoming.Credential.AccessKeyId),
            async () => malformed is null
                ? service.Answer(await service.RunAsync(operation, input!, incoming.Request, cancellationToken), incoming.RequestId)
                : throw malformed,
            error => service.Error(error, incoming.RequestId)), cancellationToken);
    }

    private Task<WireResponse> HandleRestAsync(RestService service, Incoming incoming, CancellationToken cancellationToken)
    {
        var operation = service.Find(incoming.Request);
        if (operation is null) return Task.FromResult(UnknownService.Answer(incoming.Request, incoming.Credential.Service, incoming.RequestId));
        return AnswerAsync(incoming, new Operation(
            new ApiCall(service.Name, operation.Name, operation.Resource, incoming.Credential.AccessKeyId),
            () => Task.FromResult(RestService.Answer(operation, incoming.RequestId)),
            error => RestService.Error(error, incoming.RequestId)), cancellationToken);
    }

    private Task<WireResponse> HandleQueryAsync(Incoming incoming, CancellationToken cancellationToken)
    {
        var parameters = QueryParameters.Parse(incoming.Request.Body.Span, incoming.Credential.AccessKeyId);
        var operation = parameters["Action"] ?? "(none)";
        var version = parameters["Version"];
        var service = queryServices.FirstOrDefault(service => incoming.Credential.Service is { } named ? service.Name == named : service.Version == version);
        if (service is null || (version is not null && version != service.Version))
            return Task.FromResult(Refuse(incoming, service, operation, version));
        return AnswerAsync(incoming, new Operation(
            new ApiCall(service.Name, operation, service.Resource(parameters), parameters.Principal),
            () => Task.FromResult(QueryProtocol.Answer(service, operation, incoming.RequestId, result => service.Run(operation, parameters, result))),
            error => QueryProtocol.Error(service, error, incoming.RequestId)), cancellationToken);
    }

    private WireResponse Refuse(Incoming incoming, QueryService? service, string operation, string? version)
    {
        if (service is not null)
            return QueryProtocol.Error(
                service, new AwsErrorException("InvalidAction", $"Could not find operation {operation} for version {version}"), incoming.RequestId);
        // SQS spoke Query until 2023; old clients still do.
        return jsonServices.Any(json => json.Name == incoming.Credential.Service)
            ? UnknownService.Answer(
                incoming.Request, new AwsErrorException(
                    "NotEmulated", $"The emulated {incoming.Credential.Service} speaks JSON only, as SDKs of 2024 and later do."),
                incoming.Credential.Service, incoming.RequestId)
            : UnknownService.Answer(incoming.Request, incoming.Credential.Service, incoming.RequestId);
    }

    private async Task<WireResponse> AnswerAsync(Incoming incoming, Operation operation, CancellationToken cancellationToken)
    {
        var (call, execute, render) = operation;
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
#pragma warning disable CA1031 // The last net: nothing a caller sends may end in an empty 500.
        catch (Exception exception) when (exception is not (ConnectionCutException or OperationCanceledException))
#pragma warning restore CA1031
        {
            var error = Stumbles.Catch(call.Service, exception);
            errorCode = error.Code;
            return render(error);
        }
        finally
        {
            world.Journal.Write(new ApiCalled(call.Service, call.Operation, call.Resource, errorCode, call.Principal, incoming.Started));
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

    private sealed record Incoming(WireRequest Request, Credential Credential, string RequestId, DateTimeOffset Started);

    /// <summary>What a service makes of a request: what is called, how it is done, and how a refusal is told.</summary>
    private sealed record Operation(ApiCall Call, Func<Task<WireResponse>> Execute, Func<AwsErrorException, WireResponse> Render);
}
