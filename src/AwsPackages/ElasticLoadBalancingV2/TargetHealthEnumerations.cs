using Amazon.Runtime;

namespace Amazon.ElasticLoadBalancingV2;

public class TargetHealthStateEnum : ConstantClass
{
    public static readonly TargetHealthStateEnum Draining = new("draining");
    public static readonly TargetHealthStateEnum Healthy = new("healthy");
    public static readonly TargetHealthStateEnum Initial = new("initial");
    public static readonly TargetHealthStateEnum Unavailable = new("unavailable");
    public static readonly TargetHealthStateEnum Unhealthy = new("unhealthy");
    public static readonly TargetHealthStateEnum UnhealthyDraining = new("unhealthy.draining");
    public static readonly TargetHealthStateEnum Unused = new("unused");

    public TargetHealthStateEnum(string value)
        : base(value)
    {
    }

    public static implicit operator TargetHealthStateEnum(string value) => FindValue(value);

    public static TargetHealthStateEnum FindValue(string value) => FindValue<TargetHealthStateEnum>(value);
}

public class TargetHealthReasonEnum : ConstantClass
{
    public static readonly TargetHealthReasonEnum ElbInitialHealthChecking = new("Elb.InitialHealthChecking");
    public static readonly TargetHealthReasonEnum ElbInternalError = new("Elb.InternalError");
    public static readonly TargetHealthReasonEnum ElbRegistrationInProgress = new("Elb.RegistrationInProgress");
    public static readonly TargetHealthReasonEnum TargetDeregistrationInProgress = new("Target.DeregistrationInProgress");
    public static readonly TargetHealthReasonEnum TargetFailedHealthChecks = new("Target.FailedHealthChecks");
    public static readonly TargetHealthReasonEnum TargetHealthCheckDisabled = new("Target.HealthCheckDisabled");
    public static readonly TargetHealthReasonEnum TargetInvalidState = new("Target.InvalidState");
    public static readonly TargetHealthReasonEnum TargetIpUnusable = new("Target.IpUnusable");
    public static readonly TargetHealthReasonEnum TargetNotInUse = new("Target.NotInUse");
    public static readonly TargetHealthReasonEnum TargetNotRegistered = new("Target.NotRegistered");
    public static readonly TargetHealthReasonEnum TargetResponseCodeMismatch = new("Target.ResponseCodeMismatch");
    public static readonly TargetHealthReasonEnum TargetTimeout = new("Target.Timeout");

    public TargetHealthReasonEnum(string value)
        : base(value)
    {
    }

    public static implicit operator TargetHealthReasonEnum(string value) => FindValue(value);

    public static TargetHealthReasonEnum FindValue(string value) => FindValue<TargetHealthReasonEnum>(value);
}

public class AnomalyResultEnum : ConstantClass
{
    public static readonly AnomalyResultEnum Anomalous = new("anomalous");
    public static readonly AnomalyResultEnum Normal = new("normal");

    public AnomalyResultEnum(string value)
        : base(value)
    {
    }

    public static implicit operator AnomalyResultEnum(string value) => FindValue(value);

    public static AnomalyResultEnum FindValue(string value) => FindValue<AnomalyResultEnum>(value);
}

public class MitigationInEffectEnum : ConstantClass
{
    public static readonly MitigationInEffectEnum No = new("no");
    public static readonly MitigationInEffectEnum Yes = new("yes");

    public MitigationInEffectEnum(string value)
        : base(value)
    {
    }

    public static implicit operator MitigationInEffectEnum(string value) => FindValue(value);

    public static MitigationInEffectEnum FindValue(string value) => FindValue<MitigationInEffectEnum>(value);
}

public class TargetAdministrativeOverrideStateEnum : ConstantClass
{
    public static readonly TargetAdministrativeOverrideStateEnum No_override = new("no_override");
    public static readonly TargetAdministrativeOverrideStateEnum Unknown = new("unknown");
    public static readonly TargetAdministrativeOverrideStateEnum Zonal_shift_active = new("zonal_shift_active");
    public static readonly TargetAdministrativeOverrideStateEnum Zonal_shift_delegated_to_dns = new("zonal_shift_delegated_to_dns");

    public TargetAdministrativeOverrideStateEnum(string value)
        : base(value)
    {
    }

    public static implicit operator TargetAdministrativeOverrideStateEnum(string value) => FindValue(value);

    public static TargetAdministrativeOverrideStateEnum FindValue(string value) => FindValue<TargetAdministrativeOverrideStateEnum>(value);
}

public class TargetAdministrativeOverrideReasonEnum : ConstantClass
{
    public static readonly TargetAdministrativeOverrideReasonEnum AdministrativeOverrideNoOverride = new("AdministrativeOverride.NoOverride");
    public static readonly TargetAdministrativeOverrideReasonEnum AdministrativeOverrideUnknown = new("AdministrativeOverride.Unknown");
    public static readonly TargetAdministrativeOverrideReasonEnum AdministrativeOverrideZonalShiftActive = new("AdministrativeOverride.ZonalShiftActive");
    public static readonly TargetAdministrativeOverrideReasonEnum AdministrativeOverrideZonalShiftDelegatedToDns = new("AdministrativeOverride.ZonalShiftDelegatedToDns");

    public TargetAdministrativeOverrideReasonEnum(string value)
        : base(value)
    {
    }

    public static implicit operator TargetAdministrativeOverrideReasonEnum(string value) => FindValue(value);

    public static TargetAdministrativeOverrideReasonEnum FindValue(string value) => FindValue<TargetAdministrativeOverrideReasonEnum>(value);
}
