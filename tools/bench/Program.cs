using System.CommandLine;
using System.CommandLine.Invocation;
using Edge.Appliance;
using Edge.Bench.Accuracy;
using Edge.Bench.Comparison;
using Edge.Bench.Curve;
using Edge.Bench.Machine;
using Edge.Bench.Model;
using Edge.Bench.Mqtt;
using Edge.Bench.Training;

var root = new RootCommand("Tells a field technician how fast this box answers, and what it has.")
{
    ModelCommand.Create(),
    MqttCommand.Create(),
    AccuracyCommand.Create(),
    CurveCommand.Create(),
    TrainCommand.Create(),
    DoctorCommand.Create(),
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
try
{
    return await command.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (ApplianceException problem)
{
    Console.Error.WriteLine($"edge-bench: {problem.Message}");
    return problem.ExitCode;
}
