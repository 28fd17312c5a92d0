using System.Diagnostics;
using System.Security.Cryptography;
using Edge.Bench.Common;

namespace Edge.Bench.Accuracy;

/// <summary>
/// Trains every set with every seed. What was finished before is read, not trained again.
/// </summary>
/// <param name="options">What to train.</param>
/// <param name="trainer">The trainer.</param>
internal sealed class AccuracyBenchmark(AccuracyOptions options, TrainerProcess trainer)
{
    /// <summary>Trains and reads.</summary>
    /// <returns>Figures of the runs that succeeded, and one message for each that did not.</returns>
    public async Task<(IReadOnlyList<AccuracyRun> Runs, IReadOnlyList<string> Failures)> RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.Work);
        var inputs = options.ChosenSets.ToDictionary(set => set, set => options.Inputs(set).Select(HashLine).ToArray());
        using var places = new SemaphoreSlim(options.AtOnce);
        var trainings = options.ChosenSets.SelectMany(set => options.Seeds.Select(seed => (Set: set, Seed: seed))).ToArray();
        var failures = await Task.WhenAll(trainings.Select(async training =>
        {
            await places.WaitAsync(cancellation);
            try
            {
                return await TrainAsync(training.Set, training.Seed, inputs[training.Set], cancellation);
            }
            finally
            {
                places.Release();
            }
        }));
        return (
            [.. trainings.Where((_, i) => failures[i] is null)
                .Select(training => AccuracyRun.Read(Folder(training.Set, training.Seed), training.Set, training.Seed))],
            [.. failures.OfType<string>()]);
    }

    private string Folder(string set, int seed) => Path.Combine(options.Work, $"{set}.seed{seed}");

    private async Task<string?> TrainAsync(string set, int seed, string[] inputs, CancellationToken cancellation)
    {
        var (folder, log, made) = (Folder(set, seed), Folder(set, seed) + ".log", Folder(set, seed) + ".command");
        var arguments = options.Arguments(set, seed);
        // Build and data belong to what a finished bundle must agree with: figures of two versions of them are not one table.
        var command = string.Join('\n', [trainer.Version, .. arguments, .. inputs]) + "\n";
        if (File.Exists(Path.Combine(folder, "manifest.json")))
        {
            if (File.Exists(made) && await File.ReadAllTextAsync(made, cancellation) == command)
            {
                Progress.Say($"{set}, seed {seed}: finished before");
                return null;
            }
            return $"{folder}: was trained with other options, data or settings, or by another build ({made} says which); name another " +
                "--work, or remove it.";
        }

        Progress.Say($"{set}, seed {seed}: training; {log} shows how far it is");
        var started = Stopwatch.GetTimestamp();
        var code = await trainer.RunAsync([.. arguments, "--out", folder], log, cancellation);
        if (code != 0)
            return $"{set}, seed {seed}: edge-trainer ended with {code}: {LastLine(log)}";
        await File.WriteAllTextAsync(made, command, cancellation);
        Progress.Say($"{set}, seed {seed}: {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} min");
        return null;
    }

    private static string HashLine(string file)
    {
        using var stream = File.OpenRead(file);
        return $"{file} SHA-256 {Convert.ToHexStringLower(SHA256.HashData(stream))}";
    }

    private static string LastLine(string log) => File.ReadLines(log).LastOrDefault(line => line.Length > 0) ?? "it said nothing";
}
