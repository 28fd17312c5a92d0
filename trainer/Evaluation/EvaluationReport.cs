using System.Globalization;
using System.Text.Json.Nodes;

namespace Edge.Trainer.Evaluation;

/// <summary>How well a model answers a labelled set.</summary>
/// <param name="Precision">Precision of the file, <c>fp32</c> or <c>int8</c>; <c>torch</c> for a model in training.</param>
/// <param name="Count">Utterances.</param>
/// <param name="Heads">Figures by head, in the task's order; heads without annotation are left out.</param>
/// <param name="SentenceAccuracy">Share of utterances in which every annotated head is right (scores aside); NaN where only scores are
/// annotated.</param>
internal sealed record EvaluationReport(
    string Precision, int Count, IReadOnlyList<(string Name, HeadReport Report)> Heads, double SentenceAccuracy)
{
    /// <summary>95 % confidence interval of <see cref="SentenceAccuracy"/>; <c>null</c> where it was not computed.</summary>
    public Interval? SentenceInterval { get; init; }

    /// <summary>How well what is out of scope is told apart; <c>null</c> where the set has nothing of the kind.</summary>
    public ScopeReport? OutOfScope { get; init; }

    /// <summary>Mean of the heads' main figures, 0 to 1.</summary>
    public double Score => Heads.Count == 0 ? 0 : Heads.Average(head => head.Report.Score);

    /// <summary>The figures of a head; <c>null</c> where it was not annotated.</summary>
    public HeadReport? Head(string name) => Heads.FirstOrDefault(head => head.Name == name).Report;

    /// <summary>One line for the log: each head's score and the sentence accuracy, in per cent.</summary>
    public string Summary =>
        string.Join(", ", Heads.Select(head => (head.Name, head.Report.Score)).Append((Name: "all heads", Score: SentenceAccuracy))
        .Where(figure => !double.IsNaN(figure.Score))
        .Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Name} {figure.Score * 100:0.00}")));

    /// <summary>The answer of <c>edge-trainer evaluate --json</c>.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["precision"] = Precision,
            ["count"] = Count,
            ["heads"] = new JsonObject(Heads.Select(head => KeyValuePair.Create(head.Name, (JsonNode?)head.Report.ToJson()))),
            ["sentenceAccuracy"] = double.IsNaN(SentenceAccuracy) ? null : Math.Round(SentenceAccuracy, 6),
        };
        if (SentenceInterval is { } interval)
            json["sentenceAccuracyInterval"] = interval.ToJson();
        if (OutOfScope is { } scope)
            json["outOfScope"] = scope.ToJson();
        return json;
    }
}
