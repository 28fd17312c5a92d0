using System.Text.Json;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Tests.Export;

namespace Edge.Trainer.Tests.Evaluation;

/// <summary>The product's figures against those that tests/reference/metrics.py computes from their definitions.</summary>
public sealed class GoldenMetricsTests
{
    private static readonly JsonElement Golden = Read();

    [Theory]
    [InlineData("single")]
    [InlineData("multi")]
    [InlineData("span")]
    [InlineData("score")]
    public void Report_MadeAnswers_HasTheReferencesFigures(string kind)
    {
        var head = Judge(kind, Golden.GetProperty(kind));
        var report = head.Report(intervals: true);

        foreach (var figure in Golden.GetProperty(kind).GetProperty("figures").EnumerateObject())
        {
            Assert.Equal(figure.Value.GetDouble(), report[figure.Name], 1e-6);
            if (report.IntervalOf(figure.Name) is { } interval)
                Assert.True(
                    interval.Low <= interval.High && interval.Low - 0.05 <= report[figure.Name]
                    && report[figure.Name] <= interval.High + 0.05, $"{figure.Name} {interval}");
        }
    }

    [Fact]
    public void McNemar_MadeCounts_HasTheReferencesValues() =>
    Assert.All(Golden.GetProperty("mcnemar").EnumerateArray(), row => Assert.Equal(
        row.GetProperty("p").GetDouble(),
        SignificanceTests.McNemar(row.GetProperty("onlyFirst").GetInt32(), row.GetProperty("onlySecond").GetInt32()), 1e-9));

    [Fact]
    public void Holm_MadeValues_HasTheReferencesValues()
    {
        var (values, expected) = (Numbers("p"), Numbers("adjusted"));
        Assert.All(SignificanceTests.Holm(values).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));

        double[] Numbers(string name) =>
            [.. Golden.GetProperty("holm").GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
    }

    private static JudgedHead Judge(string kind, JsonElement golden)
    {
        var head = new HeadDefinition
        {
            Name = "head",
            Kind = Enum.Parse<HeadKind>(kind, ignoreCase: true),
            Labels = [.. golden.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!)],
        };
        return new JudgedHead(head, [.. golden.GetProperty("rows").EnumerateArray().Select((row, i) => Answer(head, i, row))]);
    }

    private static JudgedAnswer Answer(HeadDefinition head, int index, JsonElement row)
    {
        var (gold, answered) = (row.GetProperty("gold"), row.GetProperty("answered"));
        var utterance = new LabelledUtterance { Text = "made" };
        var prediction = new HeadPrediction
        {
            Head = head.Name, Confidence = row.TryGetProperty("confidence", out var confidence) ? confidence.GetSingle() : 1
        };
        (utterance, prediction) = head.Kind switch
        {
            HeadKind.Single => (utterance with { Single = Of(gold.GetString()!) }, prediction with { Label = answered.GetString() }),
            HeadKind.Multi => (utterance with { Multi = Of(Labels(gold)) }, prediction with { Labels = Labels(answered) }),
            HeadKind.Span => (utterance with { Spans = Of(Spans(gold)) }, prediction with { Spans = Spans(answered) }),
            _ => (utterance with { Scores = Of(gold.GetDouble()) }, prediction with { Score = answered.GetSingle() }),
        };
        return JudgedAnswer.Create(head, index, utterance, prediction);

        static IReadOnlyList<string> Labels(JsonElement list) => [.. list.EnumerateArray().Select(label => label.GetString()!)];
        static IReadOnlyList<EntitySpan> Spans(JsonElement list) =>
            [.. list.EnumerateArray().Select(span => new EntitySpan(span[0].GetString()!, span[1].GetInt32(), span[2].GetInt32()))];
    }

    private static Dictionary<string, T> Of<T>(T value) => new() { ["head"] = value };

    private static JsonElement Read()
    {
        using var document =
            JsonDocument.Parse(File.ReadAllText(Path.Combine(OnnxChecker.RepositoryRoot(), "tests", "golden", "metrics.json")));
        return document.RootElement.Clone();
    }
}
