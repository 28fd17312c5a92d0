using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.DataCheck;

/// <summary>Everything that can be said of data before a model is trained (<c>edge-trainer data check</c>).</summary>
internal sealed record DataCheckResult
{
    /// <summary>Share of dev or test that train may have to the letter before the check says no.</summary>
    public const double LeakageAllowed = 0.01;

    /// <summary>Labels with fewer training examples than this are pointed out.</summary>
    public const int FewExamples = 10;

    /// <summary>Heads, language and longest input.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>Train, dev, test.</summary>
    public required IReadOnlyList<SplitFigures> Splits { get; init; }

    /// <summary>The heads in the task's order.</summary>
    public required IReadOnlyList<HeadFigures> Heads { get; init; }

    /// <summary>Equal or nearly equal texts with different annotations, over all splits.</summary>
    public required IReadOnlyList<LabelConflict> Conflicts { get; init; }

    /// <summary>Groups of nearly equal utterances of which at least two differ, over all splits.</summary>
    public required IReadOnlyList<IReadOnlyList<LabelledUtterance>> NearDuplicates { get; init; }

    /// <summary>Annotations that are probably wrong, the surest first.</summary>
    public required IReadOnlyList<SuspiciousLabel> Suspicious { get; init; }

    /// <summary>Rows that cannot be used.</summary>
    public required IReadOnlyList<BadRow> BadRows { get; init; }

    /// <summary>What each file is and what became of its rows.</summary>
    public required IReadOnlyList<FileAccount> Files { get; init; }

    /// <summary>What reading noted.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Why the data should not be trained on as they are; empty: they may.</summary>
    public IReadOnlyList<string> Errors =>
    [
        .. BadRows.Count == 0 ? (string[])[] : [BadRowsError(BadRows.Count)],
        .. Splits.Skip(1).Where(split => split.Leakage > LeakageAllowed).Select(split => string.Create(
            CultureInfo.InvariantCulture,
            $"{split.Leakage * 100:0.0} % of {split.Name} ({split.InTrain} utterances) is in train too: its figures will flatter; " +
            $"keep equal utterances in one split")),
    ];

    /// <summary>What is said of rows that cannot be used.</summary>
    public static string BadRowsError(int count) =>
        $"{count} {(count == 1 ? "row" : "rows")} cannot be used: correct them, or train with --skip-bad FILE";

    /// <summary>What may be meant, and is worth a look.</summary>
    public IReadOnlyList<string> Warnings => DataWarnings.Of(this);

    /// <summary>Checks data.</summary>
    /// <param name="data">The splits.</param>
    /// <param name="task">Task file; <c>null</c>: heads are inferred.</param>
    /// <param name="badRows">Rows that reading refused.</param>
    /// <param name="suspicious">Whether suspicious labels are looked for, which takes longest.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static DataCheckResult Run(
        DataSplits data, TaskDefinition? task, IReadOnlyList<BadRow> badRows, bool suspicious = true,
        CancellationToken cancellation = default)
    {
        task = task is null ? TaskInference.Infer(data.Train) : TaskInference.Complete(task, data.Train);
        IReadOnlyList<LabelledUtterance>[] splits = [data.Train, data.Dev, data.Test];
        LabelledUtterance[] all = [.. data.Train, .. data.Dev, .. data.Test];
        var groups = Data.Duplicates.NearDuplicates.Find(all);
        cancellation.ThrowIfCancellationRequested();
        return new DataCheckResult
        {
            Task = task,
            Splits = Figures(splits, groups, task.MaxLength),
            Heads = [.. task.Heads.Select(head => HeadFigures.Of(head, splits))],
            Conflicts = LabelConflict.Find(all, groups),
            NearDuplicates = [
                .. groups.Select(group => group.Select(i => all[i]).ToArray())
                    .Where(group => group.DistinctBy(u => u.Words).Skip(1).Any())],
            Suspicious = suspicious ? SuspiciousLabels.Find(task, all, cancellation) : [],
            BadRows = badRows,
            Files = data.Files,
            Notes = data.Notes,
        };
    }

    private static SplitFigures[] Figures(
        IReadOnlyList<LabelledUtterance>[] splits, IReadOnlyList<IReadOnlyList<int>> groups, int maxLength)
    {
        string[] names = ["train", "dev", "test"];
        int[] starts = [0, splits[0].Count, splits[0].Count + splits[1].Count];
        LabelledUtterance[] all = [.. splits.SelectMany(split => split)];
        var (equal, near, inTrain, nearlyInTrain) = (new int[3], new int[3], new int[3], new int[3]);
        foreach (var group in groups)
        {
            var train = group.Where(i => i < starts[1]).Select(i => all[i].Words).ToHashSet();
            var seen = new[] { new HashSet<(string, string?)>(), [], [] };
            foreach (var i in group)
            {
                var split = i < starts[1] ? 0 : i < starts[2] ? 1 : 2;
                if (!seen[split].Add(all[i].Words)) equal[split]++;
                else if (seen[split].Count > 1) near[split]++;
                if (split == 0 || train.Count == 0) continue;
                (train.Contains(all[i].Words) ? inTrain : nearlyInTrain)[split]++;
            }
        }

        return [.. names.Select(
            (name, i) =>
                new SplitFigures(
                    name, splits[i].Count, LengthFigures.Of(splits[i], maxLength), equal[i], near[i], inTrain[i], nearlyInTrain[i]))];
    }
}
