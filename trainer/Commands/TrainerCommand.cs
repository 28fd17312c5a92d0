using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Edge.Bundles.Common;

namespace Edge.Trainer.Commands;

/// <summary>The root command.</summary>
internal static class TrainerCommand
{
    /// <summary>Parses and runs.</summary>
    /// <param name="arguments">Command line.</param>
    /// <param name="cancellation">Ends the work, as Ctrl-C does.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, CancellationToken cancellation)
    {
        var root = Create(cancellation);
        var parsed = root.Parse(arguments);
        if (parsed.Action is not ParseErrorAction)
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });

        var path = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Command: not RootCommand } inner; result =
            result.Parent)
            path.Insert(0, inner.Command.Name);
        var name = string.Join(' ', path.Prepend("edge-trainer"));
        foreach (var error in parsed.Errors)
            Console.Error.WriteLine($"{name}: {error.Message}");
        Console.Error.WriteLine($"{name} --help shows every option and an example.");
        return ExitCode.BadInput;
    }

    /// <summary>Builds the command with everything below it.</summary>
    public static RootCommand Create(CancellationToken cancellation)
    {
        var root = new RootCommand(
            "Trains, distils, exports and measures the models of the Edge appliance.\nExample: edge-trainer run --data data/calls --out " +
            "bundles/first")
        {
            RunCommand.Create(cancellation),
            PretrainCommand.Create(cancellation),
            FinetuneCommand.Create(cancellation),
            DistillCommand.Create(cancellation),
            ExportCommand.Create(cancellation),
            EvaluateCommand.Create(cancellation),
            SignCommand.Create(),
            SynthCommand.Create(),
            DataCommand.Create(cancellation),
            TrainerDoctorCommand.Create(),
            StepTimeCommand.Create(),
        };
        root.Add(Gone("tune",
            "tune is gone: in the same time a run with the settings as they are was better on the whole (docs/lab/epyc.md); use " +
            "edge-trainer run, and --config where you know better"));
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        return root;
    }

    private static Command Gone(string name, string message)
    {
        var command = new Command(name, "Gone.") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.SetAction(_ =>
        {
            Console.Error.WriteLine($"edge-trainer: {message}.");
            return ExitCode.BadInput;
        });
        return command;
    }
}
