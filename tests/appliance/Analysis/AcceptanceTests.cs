using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Tests.Analysis;

public sealed class AcceptanceTests
{
    private static readonly TaskDefinition Task = new()
    {
        Heads =
        [
            new() { Name = "intent", Kind = HeadKind.Single, Labels = ["refund", "track"] },
            new() { Name = "points", Kind = HeadKind.Multi, Labels = ["sorry", "offer"] },
            new() { Name = "entities", Kind = HeadKind.Span, Labels = ["ORDER", "PHONE"] },
            new() { Name = "suitability", Kind = HeadKind.Score },
        ],
    };

    private static readonly PrecisionEntry Entry = new()
    {
        File = "model.int8.onnx",
        Thresholds = new Dictionary<string, float> { ["intent"] = 0.5f, ["points"] = 0.5f, ["entities"] = 0.5f },
    };

    [Fact]
    public void Accepts_WithoutOverrides_IsTheBundlesThreshold()
    {
        var acceptance = Acceptance.Of(Task, Entry, []);

        Assert.True(acceptance.Accepts(0, Intent("refund", 0.5f)));
        Assert.False(acceptance.Accepts(0, Intent("refund", 0.499f)));
    }

    [Fact]
    public void Accepts_OfSeveralLabels_TheHighestThresholdCounts()
    {
        var acceptance = Acceptance.Of(Task, Entry, [Override("points", "sorry", 0.2f), Override("entities", "PHONE", 0.9f)]);

        Assert.True(acceptance.Accepts(1, Points(0.3f, "sorry")));
        Assert.False(acceptance.Accepts(1, Points(0.3f, "sorry", "offer")));
        Assert.False(acceptance.Accepts(1, Points(0.3f))); // no label: the head's
        Assert.True(acceptance.Accepts(2, Entities(0.6f, "ORDER")));
        Assert.False(acceptance.Accepts(2, Entities(0.8f, "ORDER", "PHONE")));
        Assert.True(acceptance.Accepts(2, Entities(0.9f, "ORDER", "PHONE")));
    }

    [Fact]
    public void Of_TheSameTwice_TheLaterCounts_AndCaseDoesNot()
    {
        var acceptance = Acceptance.Of(Task, Entry, [Override("intent", "refund", 0.9f), Override("INTENT", "Refund", 0.1f)]);

        Assert.True(acceptance.Accepts(0, Intent("refund", 0.2f)));
        Assert.False(acceptance.Accepts(0, Intent("track", 0.2f)));
    }

    [Fact]
    public void Of_ScoreHead_IsRefused()
    {
        var problem = Assert.Throws<UserException>(() => Acceptance.Of(Task, Entry, [Override("suitability", null, 0.5f)]));

        Assert.Contains("head suitability is a score", problem.Message, StringComparison.Ordinal);
    }

    private static ThresholdOverride Override(string head, string? label, float value) =>
        new("appliance.json", $"Thresholds:{head}:{label ?? "*"}", head, label, value);

    private static HeadPrediction Intent(string label, float confidence) =>
        new() { Head = "intent", Label = label, Confidence = confidence };

    private static HeadPrediction Points(float confidence, params string[] labels) =>
        new() { Head = "points", Labels = labels, Confidence = confidence };

    private static HeadPrediction Entities(float confidence, params string[] labels) => new()
    {
        Head = "entities", Confidence = confidence, Spans = [.. labels.Select((label, i) => new EntitySpan(label, i, i + 1))],
    };
}
