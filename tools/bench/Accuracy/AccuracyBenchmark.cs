using System.Diagnostics;

namespace Edge.Bench.Accuracy;

/// <summary>
/// Trains every set with every seed, one after the other, because two trainings at once would take each other's time budget. What
/// was finished before is read, not trained again.
/// </summary>
/// <param name="options">What to train.</param>
/// <param name="trainer">The trainer.</param>
/// <param name="progress">Where each step is told.</param>
internal sealed class AccuracyBenchmark(AccuracyOptions options, TrainerProcess trainer, TextWriter progress)
{
    /// <summary>Trains and reads.</summary>
    /// <returns>Figures of the runs that succeeded, and one message for each that did not.</returns>
    public async Task<(IReadOnlyList<AccuracyRun> Runs, IReadOnlyList<string> Failures)> RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.Work);
        var (runs, failures) = (new List<AccuracyRun>(), new List<string>());
        foreach (var set in options.ChosenSets)
        {
            foreach (var seed in options.Seeds)
            {
                var failure = await TrainAsync(set, seed, cancellation);
                if (failure is null)
                    runs.Add(AccuracyRun.Read(Folder(set, seed), set, seed));
                else
                    failures.Add(failure);
            }
        }
        return (runs, failures);
    }

    private string Folder(string set, int seed) => Path.Combine(options.Work, $"{set}.seed{seed}");

    private async Task<string?> TrainAsync(string set, int seed, CancellationToken cancellation)
    {
        var (folder, log, made) = (Folder(set, seed), Folder(set, seed) + ".log", Folder(set, seed) + ".command");
        var arguments = options.Arguments(set, seed);
        // The trainer's build belongs to what a finished bundle must agree with: figures of two versions are not one table.
        var command = string.Join('\n', arguments.Prepend(trainer.Version)) + "\n";
        if (File.Exists(Path.Combine(folder, "manifest.json")))
        {
            if (File.Exists(made) && await File.ReadAllTextAsync(made, cancellation) == command)
            {
                await progress.WriteLineAsync($"{set}, seed {seed}: finished before");
                return null;
            }
            return $"{folder}: was trained with other options or another build ({made} says which); name another --work, or remove it.";
        }

        await progress.WriteLineAsync($"{set}, seed {seed}: training; {log} shows how far it is");
        var started = Stopwatch.GetTimestamp();
        var code = await trainer.RunAsync([.. arguments, "--out", folder], log, cancellation);
        if (code != 0)
            return $"{set}, seed {seed}: edge-trainer ended with {code}: {LastLine(log)}";
        await File.WriteAllTextAsync(made, command, cancellation);
        await progress.WriteLineAsync($"{set}, seed {seed}: {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} min");
        return null;
    }

    private static string LastLine(string log) => File.ReadLines(log).LastOrDefault(line => line.Length > 0) ?? "it said nothing";
}
