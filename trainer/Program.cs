using System.Runtime.InteropServices;
using Edge.Bundles.Inference;
using Edge.Trainer.Commands;
using Edge.Trainer.Common;

RuntimeTelemetry.TurnOff(); // before there is a second thread

// The work runs on this thread from start to end: libtorch's modes and scopes are thread-local. A signal only asks it to end
// between two steps; a second one ends the process.
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
NativeSettings.Apply();
return TrainerCommand.Run(args, cancellation.Token);

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
