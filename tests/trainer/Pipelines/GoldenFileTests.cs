using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tests.Pipelines;

public sealed class GoldenFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    /// <summary>The probability of a set of many labels is low where each label is sure.</summary>
    [Theory]
    [InlineData(3f, 1)]
    [InlineData(0.5f, 0)]
    public void Write_MultiHeadOfManyLabels_LooksAtEachLabel(float logit, int written)
    {
        var head = new HeadDefinition
        {
            Name = "topics", Kind = HeadKind.Multi, Labels = [.. Enumerable.Range(0, 30).Select(i => $"t{i}")]
        };
        var utterance = new LabelledUtterance { Text = "a" };
        var encoded = new EncodedUtterance { Ids = [], TypeIds = [], Offsets = [], TextStart = 0, TextCount = 0, Truncated = false };
        float[][] logits = [[.. head.Labels.Select((_, i) => i < 2 ? logit : -logit)]];

        var count = GoldenFile.Write(
            _file, new TaskDefinition { Heads = [head] }, new EvaluationSet([utterance], [new TrainingExample(encoded, [])]),
            [([logits], new Dictionary<string, float> { ["topics"] = 1 })]);

        Assert.Equal(written, count);
        Assert.Equal(written == 1 ? "{\"text\":\"a\",\"topics\":[\"t0\",\"t1\"]}\n" : "", File.ReadAllText(_file));
    }
}
