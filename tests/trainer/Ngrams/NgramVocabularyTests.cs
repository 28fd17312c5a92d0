using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Examples;
using Edge.Trainer.Ngrams;

namespace Edge.Trainer.Tests.Ngrams;

public sealed class NgramVocabularyTests
{
    [Fact]
    public void New_NgramOfOneUtteranceAndItsVariants_IsRare()
    {
        var (said, other) = (new LabelledUtterance { Text = "said" }, new LabelledUtterance { Text = "other" });
        TrainingExample[] examples =
        [
            Example([2, 50, 60, 3], said),
            Example([2, 50, 60, 60, 3], said with { Original = said }),
            Example([2, 60, 70, 3], other),
            Example([2, 80, 3], null),
            Example([2, 80, 3], null),
        ];

        var ngrams = new NgramVocabulary(examples, 2);

        Assert.Equal(NgramVocabulary.None, Piece(0, 1)); // 50: in one utterance and its variant
        Assert.NotEqual(NgramVocabulary.None, Piece(0, 2)); // 60: in two utterances
        Assert.Equal(Piece(0, 2), Piece(2, 1));
        Assert.Equal(2, ngrams.Counts[Piece(0, 2)]);
        Assert.Equal(2, ngrams.Counts[Piece(3, 1)]); // 80: in two that come from nowhere

        int Piece(int example, int token) => ngrams.Of(example, token)[NgramKinds.OfUtterances(triples: false)[0]];
    }

    private static TrainingExample Example(int[] ids, LabelledUtterance? utterance) =>
        new(new EncodedUtterance
        {
            Ids = ids, TypeIds = new int[ids.Length], Offsets = new SourceSpan[ids.Length], TextStart = 1, TextCount = ids.Length - 2,
            Truncated = false
        }, [])
        {
            Utterance = utterance,
        };
}
