using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Edge.Appliance.Analysis;
using Edge.Appliance.Commands;
using Edge.Bundles.Common;
using Edge.Bundles.Inference;
using Edge.Bundles.Inference.Cuda;

RuntimeTelemetry.TurnOff(); // before there is a second thread
NativeHeap.KeepModelsApart();
var root = new RootCommand("Understands what callers say: sentiment, intent and entities, over MQTT and HTTP.")
{
    ServeCommand.Create(),
    AnalyzeCommand.Create(),
    AskCommand.Create(),
    CheckCommand.Create(),
    ReloadCommand.Create(),
    CandidateCommand.Create(),
    PromoteCommand.Create(),
    RollbackCommand.Create(),
    HistoryCommand.Create(),
};
foreach (var option in root.Options)
{
    if (option is HelpOption { Action: HelpAction help })
        option.Action = new Examples(help);
    else if (option is VersionOption)
        option.Action = new VersionReport();
}

var command = root.Parse(args);
// Not for --help and --version, which do not mind what else is missing.
if (command.Action is ParseErrorAction)
{
    foreach (var error in command.Errors)
        Console.Error.WriteLine($"edge-appliance: {error.Message}");
    Console.Error.WriteLine("edge-appliance --help shows what it knows.");
    return ExitCode.BadInput;
}
try
{
    // Signals are the host's: it drains first.
    return CudaExit.Leave(await command.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }));
}
catch (Exception failure)
{
    return CudaExit.Leave(ProgramGuard.Report("edge-appliance", Console.Error, failure));
}
