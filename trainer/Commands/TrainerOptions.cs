using System.CommandLine;
using Edge.Trainer.Data;
using Edge.Trainer.Progress;
using Spectre.Console;

namespace Edge.Trainer.Commands;

/// <summary>Options that several commands have, and the display that all of them use.</summary>
internal static class TrainerOptions
{
    /// <summary>The data folder.</summary>
    public static Option<string> Data() =>
        new("--data")
        {
            Required = true, HelpName = "DIR",
            Description = "Folder with train, dev and test (.jsonl, .csv or .json), or one file. Missing dev and test are split off."
        };

    /// <summary>The task file.</summary>
    public static Option<string?> Task() =>
        new("--task") { HelpName = "FILE", Description = "Task file (task.json). Without it the heads are inferred from the data." };

    /// <summary>Which columns are what.</summary>
    public static Option<string?> Map() =>
        new("--map") { HelpName = "MAP", Description = "Columns and what they mean: \"对话内容=text,情感类型=sentiment\"." };

    /// <summary>What the offsets of spans count.</summary>
    public static Option<string?> Offsets() =>
        new("--offsets")
        {
            HelpName = "UNIT",
            Description = $"What start and end of spans count: {OffsetUnits.Known}; they are converted. Without it utf16."
        };

    /// <summary>Where bad rows go.</summary>
    public static Option<string?> SkipBad() =>
        new("--skip-bad")
        {
            HelpName = "FILE", Description = "Leave bad rows out and write them to this file. Without it bad rows are an error."
        };

    /// <summary>Settings of the training.</summary>
    public static Option<string?> Config() =>
        new("--config")
        {
            HelpName = "FILE",
            Description = "Settings of the training as JSON, see docs/reference/settings.md. What the file does not name keeps its default."
        };

    /// <summary>Threads of libtorch.</summary>
    public static Option<int?> Threads() =>
        new("--threads") { HelpName = "N", Description = "Threads of libtorch. Without it libtorch decides." };

    /// <summary>Copies that share a step.</summary>
    public static Option<int?> Replicas() =>
        new("--replicas")
        {
            HelpName = "N", Description = "Copies of the model that share each step of learning from labels. Without it one a GPU."
        };

    /// <summary>Go on with a training that was ended.</summary>
    public static Option<bool> Resume() =>
        new("--resume")
        {
            Description =
                "Go on with a training that was ended, killed or not, with the same options; the result is the same as without the " +
                "interruption where --epochs says how long."
        };

    /// <summary>Where curves go for TensorBoard.</summary>
    public static Option<string?> TensorBoard() =>
        new("--tensorboard")
        {
            HelpName = "DIR",
            Description =
                "Write losses, learning rate, speed and, where there is a dev set, its scores as TensorBoard event files, a folder a " +
                "phase: tensorboard --logdir DIR."
        };

    /// <summary>Seed.</summary>
    public static Option<int> Seed(int value) =>
        new("--seed") { HelpName = "N", DefaultValueFactory = _ => value, Description = "Seed of order, noise and initial weights." };

    /// <summary><c>--checkpoint-minutes</c> of what trains.</summary>
    /// <param name="usual">Minutes where it is not given.</param>
    public static Option<double> CheckpointMinutes(double usual) => new("--checkpoint-minutes")
    {
        HelpName = "N", DefaultValueFactory = _ => usual,
        Description = "Minutes between two states of the training in OUT.training, for --resume; 0 to 1440.",
    };

    /// <summary>Says what a person should know and need not mend at once.</summary>
    public static void Note(string text) => Console.Error.WriteLine($"note: {text}");

    /// <summary>Progress bars on a terminal, plain lines otherwise.</summary>
    public static IRunDisplay Display() =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
        ? new TerminalDisplay(AnsiConsole.Console)
        : new PlainDisplay(Console.Out);
}
