using System.Globalization;
using Edge.Bundles.Decoding;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.DataCheck;
using Edge.Trainer.Tests.Data;

namespace Edge.Trainer.Tests.DataCheck;

/// <summary>Wrong labels are planted into real data, and looked for.</summary>
public class SuspiciousLabelsTests(ITestOutputHelper output)
{
    private const double Share = 0.03;

    // Set, to measure on whole sets what the documentation says.
    private static readonly bool Whole = Environment.GetEnvironmentVariable("EDGE_WHOLE_SETS") == "1";

    [Theory]
    [InlineData("waimai", "sentiment", 0.2, 0.5)]
    [InlineData("cais", "intent", 0.3, 0.7)]
    public void Find_PlantedLabels_AreAmongTheFirst(string set, string head, double precision, double recall) =>
        Measure(set, head, PlantLabel, precision, recall);

    [Fact]
    public void Find_PlantedEntities_AreAmongTheFirst() => Measure("cais", "entities", PlantSpan, 0.15, 0.4);

    [Fact]
    public void Find_MultiAndScore_AreDoubtedToo()
    {
        LabelledUtterance[] utterances = [.. Enumerable.Range(0, 120).Select(i => new LabelledUtterance
        {
            Text = i % 2 == 0 ? $"please pay {i} dollars now" : $"where is parcel {i} today",
            Line = i,
            Multi = new Dictionary<string, IReadOnlyList<string>> { ["topics"] = i % 2 == 0 && i != 40 ? ["money"] : ["parcels"] },
            Scores = new Dictionary<string, double> { ["urgency"] = (i % 2 == 0) == (i != 60) ? 0.9 : 0.1 },
        })];

        var found = SuspiciousLabels.Find(TaskInference.Infer(utterances), utterances, TestContext.Current.CancellationToken);

        Assert.Equal([40], found.Where(finding => finding.Head == "topics").Select(finding => finding.Utterance.Line).Distinct());
        Assert.Contains(found, finding => finding is { Given: "no money", Suggested: "money" });
        var score = Assert.Single(found, finding => finding.Head == "urgency");
        Assert.Equal(60, score.Utterance.Line);
        Assert.InRange(score.ScoreError!.Value, 0.5, 0.9);
        Assert.All(found.Where(finding => finding.Head == "topics"), finding => Assert.Null(finding.ScoreError));
    }

    private void Measure(string set, string head, Func<LabelledUtterance, string, string[], SeededRandom, LabelledUtterance?> plant,
        double precision, double recall)
    {
        var folder = SharedData.Folder(set);
        var utterances = DataFile.Read(Path.Combine(folder, "train.jsonl")).Take(Whole ? int.MaxValue : 2500).ToArray();
        var labels = utterances.SelectMany(u => u.Single.Where(pair => pair.Key == head).Select(pair => pair.Value)
            .Concat(u.Spans.Where(pair => pair.Key == head).SelectMany(pair => pair.Value.Select(span => span.Label)))).Distinct()
            .Order(StringComparer.Ordinal).ToArray();
        var random = new SeededRandom(7);
        var planted = new HashSet<int>();
        for (var i = 0; i < utterances.Length; i++)
            if (random.Chance(Share) && plant(utterances[i], head, labels, random) is { } wrong)
            {
                utterances[i] = wrong;
                planted.Add(utterances[i].Line);
            }

        var task = TaskInference.Infer(utterances);
        task = task with { Heads = [.. task.Heads.Where(item => item.Name == head)] };
        var found = SuspiciousLabels.Find(task, utterances, TestContext.Current.CancellationToken);

        var right = found.Count(finding => planted.Contains(finding.Utterance.Line));
        var first = found.Take(planted.Count).Count(finding => planted.Contains(finding.Utterance.Line));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{set} {head}: {planted.Count} planted in {utterances.Length}, {found.Count} found, precision " +
            $"{(double)right / found.Count:0.000}, recall {(double)right / planted.Count:0.000}; of the first {planted.Count}: " +
            $"{(double)first / planted.Count:0.000}"));
        Assert.InRange((double)right / found.Count, precision, 1);
        Assert.InRange((double)right / planted.Count, recall, 1);
    }

    private static LabelledUtterance? PlantLabel(LabelledUtterance utterance, string head, string[] labels, SeededRandom random)
    {
        string other;
        do
            other = random.Pick(labels);
        while (other == utterance.Single[head]);
        return utterance with { Single = new Dictionary<string, string>(utterance.Single) { [head] = other } };
    }

    // Another label, a missing entity, or an edge that is off by one.
    private static LabelledUtterance? PlantSpan(LabelledUtterance utterance, string head, string[] labels, SeededRandom random)
    {
        var spans = utterance.Spans[head].ToList();
        if (spans.Count == 0) return null;
        var at = random.Next(spans.Count);
        switch (random.Next(3))
        {
            case 0:
                spans[
                at] = new EntitySpan(labels[(Array.IndexOf(labels, spans[at].Label) + 1 + random.Next(labels.Length - 1)) % labels.Length],
                    spans[at].Start, spans[at].End); break;
            case 1: spans.RemoveAt(at); break;
            default:
                if (spans[at].End - spans[at].Start < 2) return null;
                spans[at] = spans[at] with { End = spans[at].End - 1 };
                break;
        }

        return utterance with { Spans = new Dictionary<string, IReadOnlyList<EntitySpan>> { [head] = spans } };
    }
}
