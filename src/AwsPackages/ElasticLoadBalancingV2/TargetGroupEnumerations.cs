using Amazon.Runtime;

namespace Amazon.ElasticLoadBalancingV2;

public class TargetTypeEnum : ConstantClass
{
    public static readonly TargetTypeEnum Alb = new("alb");
    public static readonly TargetTypeEnum Instance = new("instance");
    public static readonly TargetTypeEnum Ip = new("ip");
    public static readonly TargetTypeEnum Lambda = new("lambda");

    public TargetTypeEnum(string value)
        : base(value)
    {
    }

    public static implicit operator TargetTypeEnum(string value) => FindValue(value);

    public static TargetTypeEnum FindValue(string value) => FindValue<TargetTypeEnum>(value);
}

public class ProtocolEnum : ConstantClass
{
    public static readonly ProtocolEnum GENEVE = new("GENEVE");
    public static readonly ProtocolEnum HTTP = new("HTTP");
    public static readonly ProtocolEnum HTTPS = new("HTTPS");
    public static readonly ProtocolEnum QUIC = new("QUIC");
    public static readonly ProtocolEnum TCP = new("TCP");
    public static readonly ProtocolEnum TCP_QUIC = new("TCP_QUIC");
    public static readonly ProtocolEnum TCP_UDP = new("TCP_UDP");
    public static readonly ProtocolEnum TLS = new("TLS");
    public static readonly ProtocolEnum UDP = new("UDP");

    public ProtocolEnum(string value)
        : base(value)
    {
    }

    public static implicit operator ProtocolEnum(string value) => FindValue(value);

    public static ProtocolEnum FindValue(string value) => FindValue<ProtocolEnum>(value);
}

public class TargetGroupIpAddressTypeEnum : ConstantClass
{
    public static readonly TargetGroupIpAddressTypeEnum Ipv4 = new("ipv4");
    public static readonly TargetGroupIpAddressTypeEnum Ipv6 = new("ipv6");

    public TargetGroupIpAddressTypeEnum(string value)
        : base(value)
    {
    }

    public static implicit operator TargetGroupIpAddressTypeEnum(string value) => FindValue(value);

    public static TargetGroupIpAddressTypeEnum FindValue(string value) => FindValue<TargetGroupIpAddressTypeEnum>(value);
}

public class DescribeTargetHealthInputIncludeEnum : ConstantClass
{
    public static readonly DescribeTargetHealthInputIncludeEnum All = new("All");
    public static readonly DescribeTargetHealthInputIncludeEnum AnomalyDetection = new("AnomalyDetection");

    public DescribeTargetHealthInputIncludeEnum(string value)
        : base(value)
    {
    }

    public static implicit operator DescribeTargetHealthInputIncludeEnum(string value) => FindValue(value);

    public static DescribeTargetHealthInputIncludeEnum FindValue(string value) => FindValue<DescribeTargetHealthInputIncludeEnum>(value);
}
