using System.Text.Json;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Analysis;

/// <summary>
/// Runs a bundle's golden utterances. A line of <c>golden.jsonl</c> has the form of the training data: <c>text</c>,
/// <c>context</c>, and by head's name the expected value (a span head's as <c>[{label,start,end}]</c>). Heads that a line does
/// not name are not compared.
/// </summary>
internal static class GoldenCheck
{
    // A score moves with the rounding of the machine that computes it.
    private const double ScoreTolerance = 0.05;

    /// <summary>Runs all lines; each difference is one message that names file, line, found and expected, never the text.</summary>
    public static GoldenResult Run(ServedBundle bundle, IAnalyzer analyzer)
    {
        if (bundle.GoldenFile is not { } file)
            return new GoldenResult(0, []);
        var problems = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(file))
        {
            count++;
            if (!string.IsNullOrWhiteSpace(line))
                problems.AddRange(Check(line, bundle.Task, analyzer).Select(problem => $"{file}, line {count}: {problem}"));
        }
        return new GoldenResult(count, problems);
    }

    /// <summary>The utterances of all lines, with their contexts.</summary>
    public static IReadOnlyList<(string Text, string? Context)> Texts(ServedBundle bundle) => bundle.GoldenFile is not { } file
        ? []
        : [.. File.ReadLines(file).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => JsonElement.Parse(line))
            .Select(line => (line.GetProperty("text").GetString()!,
                line.TryGetProperty("context", out var context) ? context.GetString() : null))];

    private static IEnumerable<string> Check(string line, TaskDefinition task, IAnalyzer analyzer)
    {
        JsonElement expected;
        try
        {
            expected = JsonElement.Parse(line);
        }
        catch (JsonException problem)
        {
            return [$"is not JSON: {problem.Message}"];
        }
        if (expected.ValueKind != JsonValueKind.Object || !expected.TryGetProperty("text", out var text)
            || text.ValueKind != JsonValueKind.String)
            return ["has no text"];
        var context = expected.TryGetProperty("context", out var before) && before.ValueKind == JsonValueKind.String
            ? before.GetString()
            : null;
        using var analyzed = analyzer.Analyze(text.GetString()!, context);
        return [.. task.Heads.Zip(analyzed.Predictions)
            .Where(pair => expected.TryGetProperty(pair.First.Name, out var value) && !Agrees(pair.First, pair.Second, value))
            .Select(pair =>
                $"{pair.First.Name} is {Describe(pair.First, pair.Second)}, expected " +
                $"{expected.GetProperty(pair.First.Name).GetRawText()}")];
    }

    private static bool Agrees(HeadDefinition head, HeadPrediction found, JsonElement expected) => (head.Kind, expected.ValueKind) switch
    {
        (HeadKind.Single, JsonValueKind.String) => expected.GetString() == found.Label,
        (HeadKind.Score, JsonValueKind.Number) => Math.Abs(expected.GetDouble() - (found.Score ?? 0)) <= ScoreTolerance,
        (HeadKind.Multi, JsonValueKind.Array) =>
            expected.EnumerateArray().Select(item => item.ToString()).Order().SequenceEqual(found.Labels.Order()),
        (HeadKind.Span, JsonValueKind.Array) =>
            expected.EnumerateArray().Select(Span).Order().SequenceEqual(found.Spans.Select(Span).Order()),
        _ => false,
    };

    private static string Span(JsonElement span) => span.ValueKind == JsonValueKind.Object
        ? $"{Part(span, "label")}:{Part(span, "start")}-{Part(span, "end")}"
        : span.GetRawText();

    private static string Part(JsonElement span, string name) => span.TryGetProperty(name, out var value) ? value.ToString() : "?";

    private static string Span(EntitySpan span) => $"{span.Label}:{span.Start}-{span.End}";

    private static string Describe(HeadDefinition head, HeadPrediction found) => head.Kind switch
    {
        HeadKind.Single => $"\"{found.Label}\"",
        HeadKind.Score => $"{found.Score:0.###}",
        HeadKind.Multi => $"[{string.Join(", ", found.Labels)}]",
        _ => $"[{string.Join(", ", found.Spans.Select(Span))}]",
    };
}
