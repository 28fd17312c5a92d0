using System.CommandLine;
using Edge.Bundles.Common;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer export</c>: a bundle of a model that <c>finetune</c> wrote, or of a bundle with other files.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var training = new TrainingArguments("DIR", "Folder of the bundle; must not exist yet.");
        var model = new Option<string>("--model")
        {
            Required = true, HelpName = "DIR",
            Description = "Folder that edge-trainer finetune wrote, or a bundle: its student, exported by this version."
        };
        var force = new Option<bool>("--force") { Description = "Replace the bundle in --out, once the new one is complete." };
        var accepted = new Option<double>("--accepted-accuracy")
        {
            HelpName = "SHARE", DefaultValueFactory = _ => new RunOptions { Data = "", Out = "" }.AcceptedAccuracy,
            Description = "Share of a head's accepted answers that shall be right; sets the thresholds. 0.5 to 1."
        };
        var command = new Command(
            "export",
            "Makes a bundle of a model: its files in every precision, calibrated on dev and measured on test of --data, which is the " +
            "data it was trained on;\n" +
            "--config names the settings it was trained with.\n" +
            "Example: edge-trainer export --model models/calls --data data/calls --out bundles/calls")
        {
            model, training.Data, training.Out, force, training.Config, training.Seed, training.Threads, training.Map,
            training.Offsets, training.SkipBad,
            accepted,
        };
        command.SetAction(arguments => CommandGuard.Run("export", Console.Error, () =>
        {
            var options = new ExportOptions
            {
                Model = arguments.GetRequiredValue(model),
                Run = training.Read(arguments) with { Force = arguments.GetValue(force), AcceptedAccuracy = arguments.GetValue(accepted) },
            };
            var recipe = training.Settings(arguments, options.Problems());
            new ExportPipeline(options, recipe, TrainerOptions.Display(), cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }
}
