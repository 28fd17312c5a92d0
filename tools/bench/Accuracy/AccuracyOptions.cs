using System.Globalization;

namespace Edge.Bench.Accuracy;

/// <summary>What <c>edge-bench accuracy</c> was asked to do.</summary>
internal sealed record AccuracyOptions
{
    private static readonly string[] Extensions = [".jsonl", ".csv", ".json"];

    /// <summary>Folder with one folder a set, each with train.jsonl (or .csv, .json).</summary>
    public required string Data { get; init; }

    /// <summary>Sets to train; <c>null</c>: every folder that holds training data.</summary>
    public IReadOnlyList<string>? Sets { get; init; }

    /// <summary>Seeds of each set with commas between them: at least one, none twice, 0 or more.</summary>
    public string SeedList { get; init; } = "1,2,3";

    /// <summary>The seeds; -1 where the list has no number.</summary>
    public IReadOnlyList<int> Seeds =>
        [.. SeedList.Split(',').Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var seed) ? seed : -1)];

    /// <summary>Training settings that <c>edge-trainer run --config</c> takes; <c>null</c>: the defaults.</summary>
    public string? Config { get; init; }

    /// <summary>Wall time of each run in minutes, 0.05 to 10,000; <c>null</c>: the trainer's own default.</summary>
    public double? BudgetMinutes { get; init; }

    /// <summary>
    /// Trainings at the same time, 1 to 64; they share the processors evenly. A small student gains little from more than two threads.
    /// </summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>Folder of the bundles and logs; finished ones in it are not trained again.</summary>
    public string Work { get; init; } = Path.Combine("out", "accuracy");

    /// <summary>Further options of <c>edge-trainer run</c>.</summary>
    public IReadOnlyList<string> TrainerArguments { get; init; } = [];

    /// <summary>What stands before <c>--</c> and is no option: a mistake.</summary>
    public IReadOnlyList<string> StrayArguments { get; init; } = [];

    /// <summary>The sets that will be trained, by name.</summary>
    public IReadOnlyList<string> ChosenSets => Sets ?? Found(Data);

    /// <summary>Everything that is wrong, each with place, found, allowed and remedy.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Directory.Exists(Data))
        {
            yield return $"--data {Data}: there is no such folder; name one that holds a folder for each set";
            yield break;
        }
        var found = Found(Data);
        if (found.Count == 0)
            yield return $"--data {Data}: none of its folders holds train.jsonl, train.csv or train.json";
        foreach (var set in (Sets ?? []).Where(set => !found.Contains(set)))
            yield return $"--sets names {set}; {Data} has {string.Join(", ", found)}";
        if (Seeds.Any(seed => seed < 0) || Seeds.Distinct().Count() < Seeds.Count)
            yield return $"--seeds is {SeedList}; use different whole numbers from 0 on, separated by commas";
        if (Config is not null && !File.Exists(Config))
            yield return $"--config {Config}: there is no such file";
        foreach (var stray in StrayArguments)
            yield return $"{stray} is no option; further options of edge-trainer run stand behind --";
    }

    /// <summary>What <c>edge-trainer</c> is started with for one set and seed, without the folder of the bundle.</summary>
    public IReadOnlyList<string> Arguments(string set, int seed) =>
    [
        "run", "--data", Path.Combine(Data, set), "--seed", seed.ToString(CultureInfo.InvariantCulture),
        .. Config is null ? Array.Empty<string>() : ["--config", Config],
        .. BudgetMinutes is { } minutes ? ["--budget-minutes", minutes.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. AtOnce > 1
            && !TrainerArguments.Any(argument => argument is "--threads" || argument.StartsWith("--threads=", StringComparison.Ordinal))
            ? ["--threads", $"{Math.Max(1, Environment.ProcessorCount / AtOnce)}"]
            : Array.Empty<string>(),
        .. TrainerArguments,
    ];

    /// <summary>Files that decide what a training of a set gives: its data, the settings, and what the further options name.</summary>
    public IEnumerable<string> Inputs(string set) =>
        new[] { "train", "dev", "test" }.SelectMany(split => Extensions.Select(extension => Path.Combine(Data, set, split + extension)))
            .Append(Config ?? "")
            .Concat(TrainerArguments.Select(argument => argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            .Where(File.Exists);

    private static List<string> Found(string data) =>
    [
        .. Directory.EnumerateDirectories(data)
            .Where(folder => Extensions.Any(extension => File.Exists(Path.Combine(folder, "train" + extension))))
            .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal),
    ];
}
