using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Local.Planning;

namespace TargetDrain.Local.Draining;

/// <summary>The AWS CLI's commands that register again what a drain takes out, target for target as it was.</summary>
internal static class RegisterCommands
{
    public static IReadOnlyList<string> Of(IEnumerable<PlannedTarget> targets, Identity identity, string? profile)
    {
        var where = $"{(profile is null ? "" : $" --profile {Quoted(profile)}")}{(identity.Region == "unknown" ? "" : $" --region {identity.Region}")}"
            + (identity.EndpointUrl is null ? "" : $" --endpoint-url {identity.EndpointUrl}");
        return [.. targets.Where(target => target.State == "registered").GroupBy(target => target.GroupArn).Select(group =>
            $"aws elbv2 register-targets{where} --target-group-arn {group.Key} --targets {string.Join(' ', group.Select(target => InWords(target.Target, target.IsByAddress)))}")];
    }

    // The CLI's shorthand. A zone belongs to addresses only: for instances AWS refuses it.
    private static string InWords(TargetDescription target, bool isByAddress)
    {
        var parts = new List<string> { $"Id={target.Id}" };
        if (target.Port is { } port) parts.Add($"Port={port}");
        if (isByAddress && target.AvailabilityZone is { Length: > 0 } zone) parts.Add($"AvailabilityZone={zone}");
        if (target.QuicServerId is { Length: > 0 } server) parts.Add($"QuicServerId={server}");
        return string.Join(',', parts);
    }

    private static string Quoted(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
