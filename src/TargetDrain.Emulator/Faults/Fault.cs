namespace TargetDrain.Emulator.Faults;

/// <summary>One way a call can go wrong.</summary>
public sealed record Fault
{
    public static readonly Fault Throttled = new(ServiceErrors.Throttled);
    public static readonly Fault InternalError = new(ServiceErrors.Internal);
    public static readonly Fault Unavailable = new(ServiceErrors.Unavailable);
    public static readonly Fault AccessDenied = new(ServiceErrors.AccessDenied);
    public static readonly Fault ExpiredCredentials = new(ServiceErrors.Expired);
    public static readonly Fault ConnectionRefused = new() { cut = Cut.Refused };

    /// <summary>Before anything took effect.</summary>
    public static readonly Fault ConnectionReset = new() { cut = Cut.Reset };

    /// <summary>It took effect, but the caller does not learn so.</summary>
    public static readonly Fault ConnectionResetAfterEffect = new() { cut = Cut.Reset, AfterEffect = true };

    /// <summary>It took effect; half of the answer arrives.</summary>
    public static readonly Fault CutInHalf = new() { cut = Cut.Half, AfterEffect = true };

    /// <summary>It took effect; the answer is complete, and no XML or JSON.</summary>
    public static readonly Fault Malformed = new() { IsMalformed = true, AfterEffect = true };

    private readonly Func<ApiCall, AwsErrorException>? makeError;
    private Cut cut;

    private Fault(Func<ApiCall, AwsErrorException>? makeError = null) => this.makeError = makeError;

    /// <summary>The call has its effect first.</summary>
    public bool AfterEffect { get; init; }

    internal TimeSpan Stall { get; private init; }

    private bool IsMalformed { get; init; }

    /// <summary>Any error of the services, such as HealthUnavailable with status 500.</summary>
    public static Fault Of(string code, int status, string message) => new(_ => new AwsErrorException(code, message, status));

    /// <summary>The answer comes so much later; the effect too, unless <see cref="AfterEffect"/> is set.</summary>
    public static Fault StallFor(TimeSpan duration) => new() { Stall = duration };

    /// <summary>What the caller gets instead of the call.</summary>
    internal void StopShort(ApiCall call)
    {
        if (makeError is not null) throw makeError(call);
        if (cut != Cut.None) throw new ConnectionCutException { IsRefused = cut == Cut.Refused };
    }

    /// <summary>What the caller gets of the answer, now that the call is done.</summary>
    internal WireResponse Spoil(ApiCall call, WireResponse response)
    {
        if (cut == Cut.Half) throw new ConnectionCutException(response, response.Body.Length / 2);
        StopShort(call);
        return IsMalformed ? response with { Body = "<html><body>502 Bad Gateway</body>"u8.ToArray() } : response;
    }

    private enum Cut
    {
        None,
        Refused,
        Reset,
        Half,
    }
}

/// <summary>When a fault strikes. Everything unset matches.</summary>
internal sealed record FaultRule(Fault Fault)
{
    public string? Service { get; init; }

    public string? Operation { get; init; }

    /// <summary>On the resource or the principal, say.</summary>
    public Func<ApiCall, bool>? When { get; init; }

    /// <summary>So many matching calls pass unharmed first; 2 strikes from the third on.</summary>
    public int Skip { get; init; }

    /// <summary>Strikes so often; for ever when null.</summary>
    public int? Times { get; init; }

    /// <summary>Strikes until then.</summary>
    public DateTimeOffset? Until { get; init; }
}
