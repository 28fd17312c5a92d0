using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Edge.Bench.Commands;
using Edge.Bundles.Common;
using Edge.Bundles.Inference;

RuntimeTelemetry.TurnOff(); // before there is a second thread
var root = new RootCommand("Tells a field technician how fast this box answers, and what it has.")
{
    ModelCommand.Create(),
    MqttCommand.Create(),
    SwapCommand.Create(),
    AccuracyCommand.Create(),
    CurveCommand.Create(),
    TrainCommand.Create(),
    BoxDoctorCommand.Create(),
    GpuCommand.Create(),
    StartUpCommand.Create(),
    SideCommand.Create(),
};
var command = root.Parse(args);
if (command.Action is ParseErrorAction)
{
    foreach (var error in command.Errors)
        Console.Error.WriteLine($"edge-bench: {error.Message}");
    Console.Error.WriteLine("edge-bench --help shows what it knows.");
    return ExitCode.BadInput;
}

// What starts programs of its own ends them first; the others end as any program. A second signal ends all.
PosixSignal? ended = null;
using var cancellation = new CancellationTokenSource();
PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
var registrations = command.Action is AsynchronousCommandLineAction
    ? signals.Select(signal => PosixSignalRegistration.Create(signal, End)).ToArray()
    : [];
try
{
    return await command.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation.Token);
}
catch (Exception) when (ended is not null)
{
    Console.Error.WriteLine($"edge-bench: ended by {ended} before it was done.");
    // 128 and the signal's number, as shells have it
    return ended switch { PosixSignal.SIGHUP => 129, PosixSignal.SIGINT => 130, _ => 143 };
}
catch (Exception failure)
{
    return ProgramGuard.Report("edge-bench", Console.Error, failure);
}
finally
{
    foreach (var registration in registrations)
        registration.Dispose();
}

void End(PosixSignalContext signal)
{
    signal.Cancel = ended is null;
    ended ??= signal.Signal;
    cancellation.Cancel();
}
