using System.Net;
using System.Net.Sockets;

namespace TargetDrain.Emulator.Compute;

/// <summary>An IPv4 block as EC2 reads it: host bits are cut off, not refused.</summary>
internal static class Cidr
{
    public static IPNetwork Parse(string text, string parameter)
    {
        if (text.Split('/') is [var address, var length]
            && IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetwork && address.Count(letter => letter == '.') == 3
            && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= 32)
            return parsed.Network(bits);
        throw new AwsErrorException("InvalidParameterValue", $"Value ({text}) for parameter {parameter} is invalid. This is not a valid CIDR block.");
    }
}
