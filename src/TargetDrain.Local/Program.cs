using System.CommandLine;
using System.Runtime.InteropServices;
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

// Registered here, before anything else can: Ctrl-C ends a command by its token, so that it can clean up.
using var interrupted = new CancellationTokenSource();
void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

try
{
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return await root.Parse(args).InvokeAsync(configuration, interrupted.Token);
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
