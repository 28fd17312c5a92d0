using System.CommandLine;
using System.CommandLine.Invocation;
using Edge.Trainer.Synthesis;

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
        var root = new RootCommand("Trains, distils, exports and measures the models of the Edge appliance.\nExample: edge-trainer run --data data/calls --out bundles/first")
        {
            RunCommand.Create(cancellation),
            EvaluateCommand.Create(cancellation),
            SynthCommand.Create(),
            DoctorCommand.Create(),
        };
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();

        var parsed = root.Parse(arguments);
        if (parsed.Action is not ParseErrorAction)
            return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });

        var name = string.Join(' ', new[] { "edge-trainer" }.Concat(parsed.CommandResult.Command is RootCommand ? [] : [parsed.CommandResult.Command.Name]));
        foreach (var error in parsed.Errors)
            Console.Error.WriteLine($"{name}: {error.Message}");
        Console.Error.WriteLine($"{name} --help shows every option and an example.");
        return ExitCode.BadInput;
    }
}
