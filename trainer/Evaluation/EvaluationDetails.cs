using System.Text.Json.Nodes;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>What <c>evaluate --json --details</c> adds to each head, and the list of wrong answers.</summary>
internal static class EvaluationDetails
{
    private static readonly double[] Accuracies = [0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99];

    /// <summary>Adds per-label tables, confusion matrices, reliability and coverage to a report's heads.</summary>
    /// <param name="report">The report as <see cref="EvaluationReport.ToJson"/> gives it.</param>
    /// <param name="judged">The answers that it was counted from.</param>
    /// <param name="thresholds">Confidence from which an answer is accepted, by head; 0 where absent.</param>
    public static void AddTo(JsonObject report, JudgedSet judged, IReadOnlyDictionary<string, float> thresholds)
    {
        foreach (var head in judged.Heads.Where(head => head.Answers.Count > 0))
        {
            var json = report["heads"]![head.Head.Name]!.AsObject();
            json["count"] = head.Answers.Count;
            if (head.Head.Kind == HeadKind.Score)
                continue;
            json["labels"] = new JsonArray([.. head.Tally.Rows().Select(row => row.ToJson())]);
            if (ConfusionMatrix.Create(head.Head, head.Answers) is { } confusion)
                json["confusion"] = Confusion(confusion);
            json["reliability"] = new JsonArray([.. CalibrationError.Reliability(head.Confidences, 10).Select(Bin)]);
            var coverage = head.Coverage;
            json["coverage"] = new JsonArray([.. Accuracies.Select(accuracy => new JsonObject
            {
                ["accuracy"] = accuracy, ["coverage"] = Math.Round(coverage.CoverageAt(accuracy), 6),
            })]);
            var threshold = thresholds.GetValueOrDefault(head.Head.Name);
            var accepted = coverage.At(threshold);
            json["accepted"] = new JsonObject
            {
                ["threshold"] = threshold, ["coverage"] = Math.Round(accepted.Coverage, 6), ["accuracy"] = Math.Round(accepted.Accuracy, 6),
            };
        }
    }

    /// <summary>
    /// Every utterance with a wrong answer, one JSON object a line: the text, and for each head that is wrong what was annotated,
    /// what was answered, and how sure the model was. The surest mistakes come first, mistakes of scores alone, which have no confidence,
    /// last.
    /// </summary>
    public static IEnumerable<JsonObject> Errors(JudgedSet judged)
    {
        var wrong = judged.Heads
            .SelectMany(head => head.Answers.Where(answer => !answer.Right).Select(answer => (head.Head, Answer: answer)))
            .GroupBy(entry => entry.Answer.Index)
            .OrderByDescending(group => group.Max(entry => entry.Head.Kind == HeadKind.Score ? 0 : entry.Answer.Prediction.Confidence))
            .ThenBy(group => group.Key);
        foreach (var utterance in wrong)
        {
            var line = new JsonObject { ["text"] = judged.Set.Utterances[utterance.Key].Text };
            if (judged.Set.Utterances[utterance.Key].Context is { } context)
                line["context"] = context;
            foreach (var (head, answer) in utterance)
            {
                line[head.Name] = head.Kind == HeadKind.Score
                    ? new JsonObject { ["gold"] = answer.GoldScore, ["answered"] = Math.Round(answer.Prediction.Score!.Value, 4) }
                    : new JsonObject
                    {
                        ["gold"] = Labels(head, answer.Gold), ["answered"] = Labels(head, answer.Answered),
                        ["confidence"] = Math.Round(answer.Prediction.Confidence, 4)
                    };
            }
            yield return line;
        }
    }

    private static JsonNode Labels(HeadDefinition head, HashSet<(string Label, int Start, int End)> labels) => head.Kind switch
    {
        HeadKind.Single => labels.First().Label,
        HeadKind.Span =>
            new JsonArray(
                [.. labels.OrderBy(span => span.Start)
                    .Select(span => new JsonObject { ["label"] = span.Label, ["start"] = span.Start, ["end"] = span.End })]),
        _ => new JsonArray([.. labels.Select(label => (JsonNode?)label.Label).Order()]),
    };

    private static JsonObject Confusion(ConfusionMatrix matrix) => new()
    {
        ["labels"] = new JsonArray([.. matrix.Labels.Select(label => (JsonNode?)label)]),
        ["rowsAreGold"] = new JsonArray(
            [.. matrix.Labels.Select(
                gold => new JsonArray(
                    [.. matrix.Labels.Select(answered => (JsonNode?)matrix.Counts.GetValueOrDefault((gold, answered)))]))]),
    };

    private static JsonObject Bin(ReliabilityBin bin) => new()
    {
        ["from"] = Math.Round(bin.From, 4),
        ["to"] = Math.Round(bin.To, 4),
        ["count"] = bin.Count,
        ["confidence"] = Math.Round(bin.Confidence, 6),
        ["accuracy"] = Math.Round(bin.Accuracy, 6),
    };
}
