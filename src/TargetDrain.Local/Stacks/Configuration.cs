namespace TargetDrain.Local.Stacks;

/// <summary>By which configuration a command works: the deployed one, or what is set in this shell.</summary>
/// <param name="Stack">Null when none is looked at.</param>
/// <param name="Source">For a person: where it is from.</param>
internal sealed record Configuration(DrainOptions Options, DeployedStack? Stack, string Source)
{
    private const string DefaultStack = "target-drain";

    public static Option<string?> StackOption { get; } = new("--stack")
    {
        Description = "The CloudFormation stack whose settings count. Default: target-drain, unless variables or a queue are given here.",
        HelpName = "name",
    };

    /// <summary>Looks for the stack, and says what counts.</summary>
    /// <exception cref="WrongUseException">There is no such stack, or nothing in it to work with.</exception>
    public static Task<Configuration> FindAsync(Session session, ParseResult parsed, Identity identity) =>
        FindAsync(session, identity, stacks => FindAsync(parsed, stacks, session.Cancellation));

    /// <summary>The stack of that name, and no other.</summary>
    /// <exception cref="WrongUseException">There is no such stack, or nothing in it to work with.</exception>
    public static async Task<DeployedStack> FindAsync(Session session, string name, Identity identity) =>
        (await FindAsync(session, identity, async stacks => Of(await NamedAsync(stacks, name, session.Cancellation)))).Stack!;

    private static async Task<Configuration> FindAsync(Session session, Identity identity, Func<StackReader, Task<Configuration>> find)
    {
        var configuration = await session.WhileAsync("Looking for the stack", _ => find(new StackReader(session.Connection.Installation, identity)));
        await session.SayAsync(configuration.Source);
        return configuration;
    }

    private static async Task<Configuration> FindAsync(ParseResult parsed, StackReader stacks, CancellationToken cancellation)
    {
        if (parsed.GetValue(StackOption) is { } named) return Of(await NamedAsync(stacks, named, cancellation));
        if (GivenHere(parsed) is { Count: > 0 } here)
            return new Configuration(Scope.FromEnvironment(), null, $"By what is set here ({string.Join(", ", here)}); no stack is looked at.");
        try
        {
            return await stacks.FindAsync(DefaultStack, cancellation) is { } stack
                ? Of(stack)
                : new Configuration(Scope.FromEnvironment(), null, $"By the defaults: there is no stack {DefaultStack} here; --stack names another.");
        }
        catch (AmazonServiceException exception)
        {
            return new Configuration(Scope.FromEnvironment(), null, $"By the defaults: looking for the stack {DefaultStack} failed ({Problem.InWords(exception)}).");
        }
    }

    private static async Task<DeployedStack> NamedAsync(StackReader stacks, string name, CancellationToken cancellation) =>
        await stacks.FindAsync(name, cancellation) ?? throw new WrongUseException(await stacks.NotFoundAsync(name, cancellation));

    private static Configuration Of(DeployedStack stack)
    {
        var options = Scope.From(stack.Variable);
        return new Configuration(
            options, stack,
            $"By the stack {stack.Name} ({stack.Status}, version {stack.Version}), function {stack.Function.FunctionName}{(options.DryRun ? ", which is in dry run" : "")}.");
    }

    /// <summary>What was set in this shell or on this command line, and speaks against looking for a stack.</summary>
    private static List<string> GivenHere(ParseResult parsed)
    {
        var here = new DrainOptions().Variables.All.Select(variable => variable.Name).Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }).ToList();
        foreach (var option in new Option[] { InstalledQueue.UrlOption, InstalledQueue.NameOption })
            if (parsed.GetResult(option) is { Implicit: false }) here.Add(option.Name);
        return here;
    }
}
