using System.CommandLine;
using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Local.Commands;

// What is wrong with the call or the machine is told in a sentence; anything else is a bug and keeps its stack trace.
const int WrongUse = 2;

var demo = DemoCommand.Create();
var root = new RootCommand("TargetDrain on this machine: an emulated AWS with the real function in it.")
{
    demo, ServeCommand.Create(), ExplainCommand.Create(),
};
root.Options.Add(DemoCommand.FunctionOption);
root.Action = demo.Action;

try
{
    var parsed = root.Parse(args);
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception exception) when (exception is PortTakenException or FunctionStartException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return WrongUse;
}
