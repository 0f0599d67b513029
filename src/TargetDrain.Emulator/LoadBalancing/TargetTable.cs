using System.Diagnostics.CodeAnalysis;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>The targets of one group, found by id at once; those of one id on several ports form a chain.</summary>
internal sealed class TargetTable
{
    private readonly Dictionary<string, Target> first = [];

    public int Count { get; private set; }

    public IEnumerable<Target> All
    {
        get
        {
            foreach (var head in first.Values)
                for (var target = head; target is not null; target = target.Next) yield return target;
        }
    }

    public IEnumerable<string> Ids => first.Keys;

    public IEnumerable<Target> OfId(string id)
    {
        for (var target = first.GetValueOrDefault(id); target is not null; target = target.Next) yield return target;
    }

    public bool HasId(string id) => first.ContainsKey(id);

    public Target? Find(TargetKey key)
    {
        var target = first.GetValueOrDefault(key.Id);
        while (target is not null && target.Key.Port != key.Port) target = target.Next;
        return target;
    }

    /// <summary>Takes the place of a target of the same key.</summary>
    public void Put([NotNull] Target target)
    {
        if (Find(target.Key) is { } old) Remove(old);
        if (first.TryGetValue(target.Key.Id, out var head))
        {
            while (head.Next is not null) head = head.Next;
            head.Next = target;
        }
        else
        {
            first.Add(target.Key.Id, target);
        }
        Count++;
    }

    /// <summary>False when that very target is not here (any more).</summary>
    public bool Remove(Target target)
    {
        if (!first.TryGetValue(target.Key.Id, out var head)) return false;
        if (head == target)
        {
            if (target.Next is null) first.Remove(target.Key.Id);
            else first[target.Key.Id] = target.Next;
        }
        else
        {
            while (head is not null && head.Next != target) head = head.Next;
            if (head is null) return false;
            head.Next = target.Next;
        }
        target.Next = null;
        Count--;
        return true;
    }

    public void Clear()
    {
        first.Clear();
        Count = 0;
    }
}
