using System.Globalization;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.DataCheck;

/// <summary>What a check points out without refusing the data; each says what to do.</summary>
internal static class DataWarnings
{
    private const double LargestShareAllowed = 0.9;

    /// <summary>The warnings, the gravest first.</summary>
    public static IReadOnlyList<string> Of(DataCheckResult check)
    {
        var warnings = new List<string>();
        var exact = check.Conflicts.Count(conflict => conflict.Exact);
        if (exact > 0) warnings.Add(
            $"{exact} texts have different annotations in different rows: no model can be right on all; decide for one");
        if (check.Conflicts.Count > exact) warnings.Add(
            $"{check.Conflicts.Count - exact} groups of nearly equal texts have different annotations: look whether they are meant");
        foreach (var split in check.Splits.Skip(1).Where(split => split.InTrain + split.NearlyInTrain > 0))
            warnings.Add(
                $"{split.InTrain} utterances of {split.Name} are in train too and {split.NearlyInTrain} nearly: the model has seen them");
        foreach (var head in check.Heads)
        {
            var name = head.Head.Name;
            if (head.Unlearnable.Count > 0)
                warnings.Add(
                    $"{name}: dev or test have labels that train lacks and no model can learn: {string.Join(", ", head.Unlearnable)}");
            var rare = head.Head.Kind == HeadKind.Score
                ? []
                : head.Labels.Where(label => label.Counts[0] is > 0 and < DataCheckResult.FewExamples)
                    .Select(label => $"{label.Label} {label.Counts[0]}").ToArray();
            if (rare.Length > 0)
                warnings.Add(
                    $"{name}: {rare.Length} labels have fewer than {DataCheckResult.FewExamples} training " +
                    $"examples: {string.Join(", ", rare.Take(8))}{(rare.Length > 8 ? " ..." : "")}; label more of them, or join them " +
                    "with others");
            if (head.Head.Kind == HeadKind.Single && head.LargestShare > LargestShareAllowed)
                warnings.Add(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{name}: {head.LargestShare * 100:0.0} % of train is '{head.Labels[0].Label}': judge by macro-F1, and " +
                        $"weigh the classes in training"));
            if (head.Annotated[0] < check.Splits[0].Utterances)
                warnings.Add(
                    $"{name}: {check.Splits[0].Utterances - head.Annotated[0]} of {check.Splits[0].Utterances} training utterances are " +
                    "not annotated; they add nothing to this head");
        }

        warnings.AddRange(check.Splits.Select(split => split.Lengths.Warning(split.Name, check.Task.MaxLength)).OfType<string>());
        var doubles = check.Splits[0].Duplicates + check.Splits[0].NearDuplicates;
        if (doubles * 10 > check.Splits[0].Utterances)
            warnings.Add(
                string.Create(CultureInfo.InvariantCulture,
                    $"{100.0 * doubles / check.Splits[0].Utterances:0} % of train repeats other utterances: see " +
                    $"removeNearDuplicates in the recipe"));
        return warnings;
    }
}
