using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Edge.Bundles.Common;
using Edge.Trainer.Model;
using Edge.Trainer.Pipelines;
using TorchSharp;

namespace Edge.Trainer.Commands;

/// <summary>
/// <c>edge-trainer step-time</c>: the training step on request, for measuring. Reads numbers of steps, one a line, until the
/// end of its input; answers each with one line of JSON: wallMs, a number a step, and cpuMs, the processor's time for all of them. The
/// first line it prints is
/// <c>ready, libtorch</c> and the version of that. <c>tools/bench/peers/train_step.py</c> speaks the same.
/// </summary>
internal static class StepTimeCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var size = new Option<string>("--size")
        {
            HelpName = "SIZE", DefaultValueFactory = _ => "tiny", Description = $"{ModelSizes.Known}."
        };
        var batch = Whole("--batch", "Utterances a step.", 32, 1, 4096);
        var shortest = Whole("--shortest", "Fewest tokens of an utterance.", 18, 3, 512);
        var longest = Whole("--longest", "Most tokens of an utterance.", 22, 3, 512);
        var threads = Whole("--threads", "Threads of libtorch.", 1, 1, 1024);
        var dropout =
            new Option<double>("--dropout") { HelpName = "RATE", DefaultValueFactory = _ => 0.1, Description = "Dropout, 0 to below 1." };
        var command = new Command(
            "step-time",
            "Runs training steps as its input asks (a number of steps a line) and prints what they took; edge-bench train drives it.\n" +
            "Example: echo 10 | edge-trainer step-time --size tiny")
        {
            size, batch, shortest, longest, threads, dropout,
        };
        command.SetAction(arguments => CommandGuard.Run("step-time", Console.Error, () =>
        {
            var problems = new List<string>();
            var parsed = ModelSize.Parse(arguments.GetRequiredValue(size));
            if (ModelSize.Problem("--size", arguments.GetRequiredValue(size)) is { } ofSize)
                problems.Add(ofSize);
            if (arguments.GetValue(longest) < arguments.GetValue(shortest))
                problems.Add($"--longest is {arguments.GetValue(longest)}; use --shortest ({arguments.GetValue(shortest)}) or more");
            if (arguments.GetValue(dropout) is not (>= 0 and < 1))
                problems.Add($"--dropout is {arguments.GetValue(dropout)}; use 0 to below 1");
            UserException.ThrowIfAny(problems);

            torch.set_num_threads(arguments.GetValue(threads));
            using var timer = new StepTimer(parsed!, arguments.GetValue(batch), arguments.GetValue(shortest),
                arguments.GetValue(longest), arguments.GetValue(dropout));
            return Answer(timer);
        }));
        return command;
    }

    private static int Answer(StepTimer timer)
    {
        Console.Out.WriteLine($"ready, libtorch {torch.__version__}");
        while (Console.In.ReadLine() is { } line)
        {
            if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) || steps < 1)
                throw new UserException($"the input has the line '{line}'; it must be a number of steps, 1 or more");
            var (wall, cpu) = timer.Run(steps);
            Console.Out.WriteLine(JsonSerializer.Serialize(new { wallMs = wall, cpuMs = cpu }));
        }
        return ExitCode.Done;
    }

    private static Option<int> Whole(string name, string description, int usual, int least, int most)
    {
        var option =
            new Option<int>(name) { HelpName = "N", DefaultValueFactory = _ => usual, Description = $"{description} {least} to {most}." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
                result.AddError($"{name} is {value}; use {least} to {most}");
        });
        return option;
    }
}
