using System.CommandLine;
using TargetDrain.Benchmarks.Commands;

var root = new RootCommand(
    "How fast TargetDrain is, beside what the limits of the AWS APIs allow and beside the naive way; and what it withstands.")
{
    StormCommand.Create(), SpotInStormCommand.Create(), SingleCommand.Create(), SweepCommand.Create(), ColdStartCommand.Create(), PeersCommand.Create(), DrainCostCommand.Create(),
    GrowthCommand.Create(), FaultsCommand.Create(), FuzzCommand.Create(), ModelCommand.Create(), SoakCommand.Create(), NaiveFunctionCommand.Create(), PictureCommand.Create(),
};
foreach (var option in new Option[] { Shared.Json, Shared.Small }) root.Options.Add(option);
return await root.Parse(args).InvokeAsync();
