using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// Writes <c>golden.jsonl</c>: utterances in the form of the training data, with what the student answers. Every precision
/// answers them alike and surely, so that only a broken bundle or runtime fails them, not another processor's rounding.
/// </summary>
internal static class GoldenFile
{
    /// <summary>Most utterances in the file.</summary>
    public const int Most = 32;

    private const float SureConfidence = 0.7f;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes utterances of the dev set, evenly spread over it.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="task">Heads.</param>
    /// <param name="set">Dev set.</param>
    /// <param name="precisions">Logits and temperatures of every precision.</param>
    /// <returns>Utterances written.</returns>
    public static int Write(
        string path, TaskDefinition task, EvaluationSet set,
        IReadOnlyList<(IReadOnlyList<float[][]> Logits, IReadOnlyDictionary<string, float> Temperatures)> precisions)
    {
        var lines = new List<string>();
        for (var i = 0; i < set.Count; i++)
        {
            var answers = precisions.Select(precision => Decode(task, set, i, precision.Logits[i], precision.Temperatures)).ToArray();
            var json = answers.Select(answer => ToJson(set, i, answer)).ToArray();
            if (answers.All(IsSure) && json.All(line => line == json[0]))
                lines.Add(json[0]);
        }
        var step = Math.Max(1, (double)lines.Count / Most);
        string[] chosen = [.. Enumerable.Range(0, Math.Min(Most, lines.Count)).Select(i => lines[(int)(i * step)])];
        File.WriteAllText(path, string.Concat(chosen.Select(line => line + "\n")));
        return chosen.Length;
    }

    private static HeadPrediction[] Decode(
        TaskDefinition task, EvaluationSet set, int index, float[][] logits, IReadOnlyDictionary<string, float> temperatures) =>
        [.. task.Heads.Select((head, i) => HeadDecoder.Decode(head, logits[i], set.Examples[index].Encoded, temperatures[head.Name]))];

    // The confidence of a multi head falls with the number of its labels: there each label for itself is looked at.
    private static bool IsSure(HeadPrediction[] answer) =>
        Array.TrueForAll(answer, prediction => prediction.Label is null && prediction.Probabilities.Length > 0
        ? Array.TrueForAll(prediction.Probabilities, probability => Math.Max(probability, 1 - probability) >= SureConfidence)
        : prediction.Confidence >= SureConfidence);

    private static string ToJson(EvaluationSet set, int index, HeadPrediction[] answer)
    {
        var line = new JsonObject { ["text"] = set.Utterances[index].Text };
        if (set.Utterances[index].Context is { } context)
            line["context"] = context;
        foreach (var prediction in answer)
        {
            // A score is a number that every precision rounds elsewhere: it is not compared.
            if (prediction.Score is null)
                line[prediction.Head] = Value(prediction);
        }
        return line.ToJsonString(Json);
    }

    private static JsonNode Value(HeadPrediction prediction)
    {
        if (prediction.Label is { } label)
            return label;
        JsonNode?[] items = prediction.Spans.Count > 0
            ? [.. prediction.Spans.Select(span => new JsonObject { ["label"] = span.Label, ["start"] = span.Start, ["end"] = span.End })]
            : [.. prediction.Labels.Select(name => (JsonNode?)name)];
        return new JsonArray(items);
    }
}
