using System.CommandLine;
using TargetDrain.Benchmarks.Reliability;

var root = new RootCommand("Long runs of TargetDrain against the emulated AWS.")
{
    FaultsCommand.Create(),
    FuzzCommand.Create(),
    ModelCommand.Create(),
    SoakCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
