using System.CommandLine;
using System.Text.Json;
using Edge.Bench.Accuracy;
using Edge.Bench.Common;
using Edge.Bench.Training;
using Edge.Bundles.Common;
using Spectre.Console;

namespace Edge.Bench.Commands;

/// <summary><c>edge-bench train</c>: the trainer's step against the same step in PyTorch, and whether its memory stays flat.</summary>
internal static class TrainCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var rounds = BenchOptions.Whole("--rounds", "N", "Rounds; in each both sides run, the first one in turns.", 20, 3, 1000);
        var perRound = BenchOptions.Whole("--steps-per-round", "N", "Steps of a side in a round.", 5, 1, 1000);
        var threads = BenchOptions.Whole("--threads", "N", "Threads of libtorch on both sides.", 1, 1, 64);
        var steps = BenchOptions.MaybeWhole("--steps", "N",
            "Instead of comparing: run this many steps of utterances of 4 to 40 tokens and watch the resident memory.", 100, 1_000_000_000);
        var size = new Option<string[]>("--size")
        {
            HelpName = "NAME", AllowMultipleArgumentsPerToken = true,
            Description = $"{string.Join(", ", TrainCase.Sizes.Keys)}. Without it tiny and small, or nano with --steps."
        };
        var most = BenchOptions.Number("--most-ratio", "RATIO", "Fail (exit 1) where a ratio is above it.", 0.001, 1000);
        var trainer = new Option<string?>("--trainer")
        {
            HelpName = "FILE", Description = "The edge-trainer to measure. Without it the one of this build."
        };
        var python = new Option<string>("--python")
        {
            HelpName = "FILE", DefaultValueFactory = _ => "/usr/bin/python3", Description = "A Python with torch."
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command =
            new Command(
                "train", "Compares the trainer's step with the same step in PyTorch, in turns.\nExample: edge-bench train --rounds 30")
        {
            rounds, perRound, threads, steps, size, most, trainer, python, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(size) is { Length: > 1 } && result.GetResult(steps) is not null && result.GetValue(json))
                result.AddError("--steps with --json watches one size: name one with --size.");
        });
        size.AcceptOnlyFromAmong([.. TrainCase.Sizes.Keys]);
        command.SetAction(result =>
        {
            var file = TrainerProcess.Find(result.GetValue(trainer))?.File
                ?? throw new UserException(ExitCode.Environment,
                    "There is no edge-trainer beside this program, in out/ or on the PATH; build it with ./build.sh build, or name it " +
                    "with --trainer FILE.");
            string[] sizes = result.GetValue(size) is { Length: > 0 } named
                ? named
                : result.GetValue(steps) is null ? ["tiny", "small"] : ["nano"];
            if (result.GetValue(steps) is { } count)
                return WatchMemory(file, sizes, count, result.GetValue(threads), result.GetValue(json));
            return Compare(
                file, result.GetRequiredValue(python), sizes,
                new TrainRounds(result.GetValue(rounds), result.GetValue(perRound), result.GetValue(threads)),
                result.GetValue(most), result.GetValue(json));
        });
        return command;
    }

    private static int Compare(string trainer, string python, string[] sizes, TrainRounds plan, double? most, bool json)
    {
        var (rounds, stepsPerRound, threads) = plan;
        var rows = new List<TrainRow>();
        foreach (var name in sizes)
        {
            foreach (var dropout in new[] { 0.1, 0 })
                rows.Add(TrainBenchmark.Compare(new TrainCase(name, dropout, threads), trainer, python, rounds, stepsPerRound));
        }
        var isWithin = most is null || rows.TrueForAll(row => row.Ratio.Middle <= most);
        if (json)
        {
            object all = most is null ? new { rows } : new { rows, mostRatio = most, within = isWithin };
            Console.Out.WriteLine(JsonSerializer.Serialize(all, JsonSerializerOptions.Web));
            return isWithin ? ExitCode.Done : ExitCode.Refused;
        }

        Console.Out.WriteLine(
            $"One training step, batch of 32, 18 to 22 tokens, Float32, {threads} thread(s); medians of {rounds} rounds in turns, " +
            "milliseconds");
        var table = Figures.Table("model", "dropout", "edge-trainer", "PyTorch", "ratio (95 %)", "processor time, ratio (95 %)");
        foreach (var row in rows)
            table.AddRow(row.Model, Figures.Number(row.Dropout, "0.0"), Figures.Number(row.EdgeMs, "0.0"),
                Figures.Number(row.TorchMs, "0.0"), row.Ratio.ToString(), row.CpuRatio.ToString());
        AnsiConsole.Write(table);
        var (edge, torch) = (rows[0].EdgeLibTorch, rows[0].TorchLibTorch);
        Console.Out.WriteLine(edge == torch
            ? $"Both sides run over libtorch {edge}."
            : $"edge-trainer runs over libtorch {edge}, PyTorch over {torch}: the ratio compares the libraries, too.");
        if (most is not null)
            Console.Out.WriteLine(isWithin ? $"Every ratio is at most {most:0.00}." : $"A ratio is above {most:0.00}.");
        return isWithin ? ExitCode.Done : ExitCode.Refused;
    }

    private static int WatchMemory(string trainer, string[] sizes, int steps, int threads, bool json)
    {
        var isFlat = true;
        foreach (var name in sizes)
        {
            var readings = TrainBenchmark.WatchMemory(new TrainCase(name, 0.1, threads), trainer, steps);
            var growth = TrainBenchmark.Growth(readings);
            isFlat &= growth < TrainBenchmark.FlatGrowth;
            if (json)
                Console.Out.WriteLine(
                    JsonSerializer.Serialize(
                        new
                        {
                            model = name, readings = readings.Select(reading => new { reading.Steps, reading.Megabytes }), growth,
                            flat = growth < TrainBenchmark.FlatGrowth
                        }, JsonSerializerOptions.Web));
            else
                Console.Out.WriteLine(
                    $"{name}: resident memory in MB after steps: " +
                    $"{string.Join(", ", readings.Select(reading => $"{reading.Steps}: {reading.Megabytes:0}"))}; second half " +
                    $"against first {growth:+0.0 %;-0.0 %;0.0 %}, {(growth < TrainBenchmark.FlatGrowth ? "flat" : "growing")}");
        }
        return isFlat ? ExitCode.Done : ExitCode.Refused;
    }

    private sealed record TrainRounds(int Rounds, int StepsPerRound, int Threads);
}
