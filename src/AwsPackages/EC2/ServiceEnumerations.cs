using Amazon.Runtime;

namespace Amazon.EC2;

public class ArchitectureValues : ConstantClass
{
    public static readonly ArchitectureValues Arm64 = new("arm64");
    public static readonly ArchitectureValues Arm64_mac = new("arm64_mac");
    public static readonly ArchitectureValues I386 = new("i386");
    public static readonly ArchitectureValues X86_64 = new("x86_64");
    public static readonly ArchitectureValues X86_64_mac = new("x86_64_mac");

    public ArchitectureValues(string value)
        : base(value)
    {
    }

    public static implicit operator ArchitectureValues(string value) => FindValue(value);

    public static ArchitectureValues FindValue(string value) => FindValue<ArchitectureValues>(value);
}

public class AttachmentStatus : ConstantClass
{
    public static readonly AttachmentStatus Attached = new("attached");
    public static readonly AttachmentStatus Attaching = new("attaching");
    public static readonly AttachmentStatus Detached = new("detached");
    public static readonly AttachmentStatus Detaching = new("detaching");

    public AttachmentStatus(string value)
        : base(value)
    {
    }

    public static implicit operator AttachmentStatus(string value) => FindValue(value);

    public static AttachmentStatus FindValue(string value) => FindValue<AttachmentStatus>(value);
}

public class InstanceLifecycleType : ConstantClass
{
    public static readonly InstanceLifecycleType CapacityBlock = new("capacity-block");
    public static readonly InstanceLifecycleType InterruptibleCapacityReservation = new("interruptible-capacity-reservation");
    public static readonly InstanceLifecycleType Scheduled = new("scheduled");
    public static readonly InstanceLifecycleType Spot = new("spot");

    public InstanceLifecycleType(string value)
        : base(value)
    {
    }

    public static implicit operator InstanceLifecycleType(string value) => FindValue(value);

    public static InstanceLifecycleType FindValue(string value) => FindValue<InstanceLifecycleType>(value);
}

public class InstanceStateName : ConstantClass
{
    public static readonly InstanceStateName Pending = new("pending");
    public static readonly InstanceStateName Running = new("running");
    public static readonly InstanceStateName ShuttingDown = new("shutting-down");
    public static readonly InstanceStateName Stopped = new("stopped");
    public static readonly InstanceStateName Stopping = new("stopping");
    public static readonly InstanceStateName Terminated = new("terminated");

    public InstanceStateName(string value)
        : base(value)
    {
    }

    public static implicit operator InstanceStateName(string value) => FindValue(value);

    public static InstanceStateName FindValue(string value) => FindValue<InstanceStateName>(value);
}

public class NetworkInterfaceStatus : ConstantClass
{
    public static readonly NetworkInterfaceStatus Associated = new("associated");
    public static readonly NetworkInterfaceStatus Attaching = new("attaching");
    public static readonly NetworkInterfaceStatus Available = new("available");
    public static readonly NetworkInterfaceStatus Detaching = new("detaching");
    public static readonly NetworkInterfaceStatus InUse = new("in-use");
    public static readonly NetworkInterfaceStatus Pending = new("pending");

    public NetworkInterfaceStatus(string value)
        : base(value)
    {
    }

    public static implicit operator NetworkInterfaceStatus(string value) => FindValue(value);

    public static NetworkInterfaceStatus FindValue(string value) => FindValue<NetworkInterfaceStatus>(value);
}

public class Tenancy : ConstantClass
{
    public static readonly Tenancy Dedicated = new("dedicated");
    public static readonly Tenancy Default = new("default");
    public static readonly Tenancy Host = new("host");

    public Tenancy(string value)
        : base(value)
    {
    }

    public static implicit operator Tenancy(string value) => FindValue(value);

    public static Tenancy FindValue(string value) => FindValue<Tenancy>(value);
}

/// <summary>The official class names every type; here any text becomes one, two common types have a name.</summary>
public class InstanceType : ConstantClass
{
    public static readonly InstanceType M5Large = new("m5.large");
    public static readonly InstanceType T3Micro = new("t3.micro");

    public InstanceType(string value)
        : base(value)
    {
    }

    public static implicit operator InstanceType(string value) => FindValue(value);

    public static InstanceType FindValue(string value) => FindValue<InstanceType>(value);
}
