using TargetDrain.Local.Stacks;

namespace TargetDrain.Local.Diagnostics;

/// <summary>Whether the stack is what its parameters say, and whether it acts.</summary>
internal static class StackCheck
{
    public static IEnumerable<Finding> Of(Configuration configuration)
    {
        if (configuration.Stack is not { } stack)
        {
            yield return Finding.Note("No stack was looked at: the function, its rules and its alarms are only checked as far as the queue leads to them.");
        }
        else if (stack.IsUnsettled)
        {
            yield return Finding.Warning(
                $"The stack {stack.Name} is {stack.Status}: what runs may not be what was deployed last.",
                $"aws cloudformation describe-stack-events --stack-name {stack.Name} tells what went wrong; deploy again.");
        }
        else
        {
            yield return Finding.Good($"The stack {stack.Name} is {stack.Status}, version {stack.Version}.");
        }
        if (configuration.Options.DryRun)
            yield return Finding.Warning(
                "It is in dry run: it logs what it would do, changes nothing, and completes no hook.", "Deploy with DryRun=false when you have seen enough.");
    }
}
