using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class EvaluationSetTests
{
    [Fact]
    public void NotIn_SomeTextsKnown_LeavesThemOut()
    {
        var set = Create(("a", null), ("b", null), ("c", "before"), ("d", null));

        var unknown = set.NotIn([Utterance("b", null), Utterance("c", null), Utterance("e", null)]);

        Assert.Equal(["a", "c", "d"], unknown.Utterances.Select(utterance => utterance.Text)); // c was said after something else
        Assert.Equal([set.Examples[0], set.Examples[2], set.Examples[3]], unknown.Examples);
    }

    [Fact]
    public void NotIn_MostTextsKnown_KeepsAll()
    {
        var set = Create(("a", null), ("b", null), ("c", null));

        Assert.Same(set, set.NotIn([Utterance("a", null), Utterance("b", null)]));
    }

    private static EvaluationSet Create(params (string Text, string? Context)[] texts) =>
        new([.. texts.Select(text => Utterance(text.Text, text.Context))], [.. texts.Select(_ => new TrainingExample(Encoded(), []))]);

    private static LabelledUtterance Utterance(string text, string? context) => new() { Text = text, Context = context };

    private static EncodedUtterance Encoded() => new()
    {
        Ids = [2, 5, 3], TypeIds = [0, 0, 0], Offsets = [default, new SourceSpan(0, 1), default], TextStart = 1, TextCount = 1,
        Truncated = false,
    };
}
