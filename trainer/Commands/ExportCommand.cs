using System.CommandLine;
using Edge.Trainer.Running;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer export</c>: a bundle of a model that <c>finetune</c> wrote.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var defaults = new RunOptions { Data = "", Out = "" };
        var (data, map, skipBad, seed) = (CommonOptions.Data(), CommonOptions.Map(), CommonOptions.SkipBad(), CommonOptions.Seed(defaults.Seed));
        var model = new Option<string>("--model") { Required = true, HelpName = "DIR", Description = "Folder that edge-trainer finetune wrote." };
        var output = new Option<string>("--out") { Required = true, HelpName = "DIR", Description = "Folder of the bundle; must not exist yet." };
        var force = new Option<bool>("--force") { Description = "Replace the bundle in --out, once the new one is complete." };
        var accepted = new Option<double>("--accepted-accuracy") { HelpName = "SHARE", DefaultValueFactory = _ => defaults.AcceptedAccuracy, Description = "Share of a head's accepted answers that shall be right; sets the thresholds. 0.5 to 1." };
        var command = new Command(
            "export",
            "Makes a bundle of a model: FP32 and INT8, calibrated on dev and measured on test of --data, which is the data it was trained on.\n" +
            "Example: edge-trainer export --model models/calls --data data/calls --out bundles/calls")
        {
            model, data, output, force, seed, map, skipBad, accepted,
        };
        command.SetAction(arguments => CommandGuard.Run("export", Console.Error, () =>
        {
            var options = new ExportOptions
            {
                Model = arguments.GetRequiredValue(model),
                Run = new RunOptions
                {
                    Data = arguments.GetRequiredValue(data),
                    Out = arguments.GetRequiredValue(output),
                    Force = arguments.GetValue(force),
                    Seed = arguments.GetValue(seed),
                    Map = arguments.GetValue(map),
                    SkipBadFile = arguments.GetValue(skipBad),
                    AcceptedAccuracy = arguments.GetValue(accepted),
                },
            };
            new ExportPipeline(options, CommonOptions.Display(), cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }
}
