namespace TargetDrain.Emulator.AutoScaling;

internal sealed partial class AutoScalingGroups
{
    /// <summary>Replaces every member, one after the other: the next when the last one's successor serves.</summary>
    internal Func<InstanceRefresh> PlanRefresh(AutoScalingGroup group)
    {
        if (group.Refreshes.Exists(refresh => refresh.Status == "InProgress"))
            throw new AwsErrorException("InstanceRefreshInProgress", $"An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.");
        return () =>
        {
            var old = group.MemberMap.Values.Where(member => member.IsServing).Select(member => member.Instance.Id).ToList();
            var refresh = new InstanceRefresh(context.Ids.Uuid(), group.Name, context.Now, new Queue<string>(old), old.Count);
            group.Refreshes.Add(refresh);
            ContinueRefresh(group);
            return refresh;
        };
    }

    private void ContinueRefresh(AutoScalingGroup group)
    {
        if (group.Refreshes.Find(refresh => refresh.Status == "InProgress") is not { } refresh) return;
        while (refresh.Left.TryDequeue(out var id))
        {
            if (group.MemberMap.GetValueOrDefault(id) is not { IsServing: true } member) continue;
            Leave(member, toWarmPool: false, cause: $"an instance refresh replaced instance {id}");
            Converge(group);
            return;
        }
        (refresh.Status, refresh.Ended) = ("Successful", context.Now);
    }
}
