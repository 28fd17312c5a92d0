using System.Text.Json.Nodes;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>Two models on the same labelled set: every head's figures, their differences, and whether chance explains these.</summary>
/// <param name="Figures">Main figures of the heads and the sentence accuracy, then further figures.</param>
internal sealed record PairedComparison(IReadOnlyList<PairedFigure> Figures)
{
    /// <summary>A difference is taken as shown where its adjusted p-value is below this.</summary>
    public const double Level = 0.05;

    private const int LabelsNamed = 8;

    /// <summary>The main figures, whose p-values are adjusted for their number.</summary>
    public IEnumerable<PairedFigure> Main => Figures.Where(figure => figure.AdjustedP is not null);

    /// <summary>Compares the answers of two models to the same utterances; their tasks must have the same heads and labels.</summary>
    public static PairedComparison Create(JudgedSet first, JudgedSet second)
    {
        var main = new List<PairedFigure>();
        var further = new List<PairedFigure>();
        foreach (var head in first.Heads.Where(head => head.Answers.Count > 0))
        {
            var other = second.Heads.First(candidate => candidate.Head.Name == head.Head.Name);
            var figures = PairedHead.Compare(head, other);
            main.Add(figures[0]);
            further.AddRange(figures.Skip(1));
        }
        bool[] right = [.. first.SentencesRight.OfType<bool>()];
        if (right.Length > 0)
            main.Add(PairedHead.CompareRight(null, "sentenceAccuracy", right, [.. second.SentencesRight.OfType<bool>()]));
        var adjusted = SignificanceTests.Holm([.. main.Select(figure => figure.P)]);
        return new PairedComparison([.. main.Select((figure, i) => figure with { AdjustedP = adjusted[i] }), .. further]);
    }

    /// <summary>Why two tasks cannot be compared; empty where they can.</summary>
    public static IEnumerable<string> Problems(TaskDefinition first, TaskDefinition second)
    {
        foreach (var head in first.Heads)
        {
            if (second.Heads.FirstOrDefault(candidate => candidate.Name == head.Name) is not { } other)
                yield return $"--against has no head {head.Name}; it has {string.Join(", ", second.Heads.Select(h => h.Name))}";
            else if (other.Kind != head.Kind)
                yield return $"head {head.Name} is {Kind(head)} in --bundle and {Kind(other)} in --against; only heads of one kind can " +
                    "be compared";
            else if (Differing(head, other) is { Length: > 0 } labels)
                yield return $"head {head.Name} has other labels in --against: {labels}. Train both bundles with one --task file that " +
                    "lists the labels";
        }
        foreach (var head in second.Heads.Where(head => first.Heads.All(candidate => candidate.Name != head.Name)))
            yield return $"--bundle has no head {head.Name}; it has {string.Join(", ", first.Heads.Select(h => h.Name))}";

        static string Kind(HeadDefinition head) => head.Kind.ToString().ToLowerInvariant();

        static string Differing(HeadDefinition head, HeadDefinition other) => string.Join("; ", new[]
        {
            Only("only --bundle knows", head.Labels.Except(other.Labels, StringComparer.Ordinal)),
            Only("only --against knows", other.Labels.Except(head.Labels, StringComparer.Ordinal)),
        }.OfType<string>());

        static string? Only(string where, IEnumerable<string> labels) =>
            labels.Any()
            ? $"{where} {string.Join(", ", labels.Take(LabelsNamed))}" +
                $"{(labels.Count() > LabelsNamed ? $" and {labels.Count() - LabelsNamed} more" : "")}"
            : null;
    }

    /// <summary>The comparison as <c>evaluate --against --json</c> prints it.</summary>
    public JsonArray ToJson() => [.. Figures.Select(figure => (JsonNode)figure.ToJson())];
}
