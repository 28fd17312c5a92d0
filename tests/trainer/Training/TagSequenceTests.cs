using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Examples;
using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training;

[Collection(MicroTask.Collection)] // libtorch's random numbers belong to the process
public sealed class TagSequenceTests
{
    private const int Tags = 7;

    private static readonly HeadDefinition Head = new()
    {
        Name = "entities",
        Kind = HeadKind.Span,
        Labels = ["A", "B", "C"],
        Transitions = new TagTransitions([-1, -0.5f, -2, -1, -0.3f, 0, -1], [new(0, 1, 0.5f), new(1, 2, 1), new(2, 0, 0), new(5, 6, 2)]),
    };

    // Rows with and without context, of different lengths: tags at [first, first + count).
    private static readonly (int First, int[] Tags)[] Rows = [(1, [0, 1, 2, 0]), (3, [5, 6, 6]), (1, [3]), (1, [])];

    [Fact]
    public void Loss_OfAnyBatch_IsTheDecodersLogProbability()
    {
        using var scope = NewDisposeScope();
        var (logits, tags) = Batch();

        var loss = TagSequence.Loss(Head, logits, tags).item<float>();

        var expected = -Rows.Select((_, row) => LogProbability(logits, row)).Sum() / Rows.Sum(row => row.Tags.Length);
        Assert.Equal(expected, loss, 1e-4);
    }

    [Fact]
    public void Loss_OfCertainMarginals_HasTheGradientOfTheTags()
    {
        using var scope = NewDisposeScope();
        var (logits, tags) = Batch();
        var (ofTags, ofMarginals) = (logits.clone().requires_grad_(), logits.clone().requires_grad_());
        var annotated = tags.not_equal(HeadTarget.NotAnnotated);
        var certain = nn.functional.one_hot(tags.clamp_min(0), Tags).to(float32) * annotated.unsqueeze(-1);

        TagSequence.Loss(Head, ofTags, tags).backward();
        TagSequence.Loss(Head, ofMarginals, certain, annotated).backward();

        Assert.True(ofTags.grad!.allclose(ofMarginals.grad!, atol: 1e-6));
        Assert.True(ofTags.grad!.abs().max().item<float>() > 0.01f);
    }

    [Fact]
    public void Marginals_OfAnyBatch_SumToOneInTheUtteranceAndAreZeroOutside()
    {
        using var scope = NewDisposeScope();
        var (logits, tags) = Batch();
        var annotated = tags.not_equal(HeadTarget.NotAnnotated);

        using var noGrad = no_grad();
        var sums = TagSequence.Marginals(Head, logits, annotated).sum(-1);

        Assert.True(sums.allclose(annotated.to(float32), atol: 1e-5));
    }

    [Fact]
    public void Loss_OfTheModelsOwnMarginals_HasNoGradient()
    {
        using var scope = NewDisposeScope();
        var (logits, tags) = Batch();
        var annotated = tags.not_equal(HeadTarget.NotAnnotated);
        var leaf = logits.clone().requires_grad_();

        TagSequence.Loss(Head, leaf, TagSequence.Marginals(Head, logits, annotated), annotated).backward();

        Assert.True(leaf.grad!.abs().max().item<float>() < 1e-6f);
    }

    private static (Tensor Logits, Tensor Tags) Batch()
    {
        manual_seed(7);
        const int tokens = 8;
        var tags = new long[Rows.Length * tokens];
        Array.Fill(tags, HeadTarget.NotAnnotated);
        for (var row = 0; row < Rows.Length; row++)
        {
            for (var i = 0; i < Rows[row].Tags.Length; i++)
                tags[(row * tokens) + Rows[row].First + i] = Rows[row].Tags[i];
        }
        return (randn(Rows.Length, tokens, Tags) * 2, tensor(tags, [Rows.Length, tokens]));
    }

    private static double LogProbability(Tensor logits, int row)
    {
        var (first, tags) = Rows[row];
        var values = logits[row].narrow(0, first, Math.Max(1, tags.Length)).contiguous().data<float>().ToArray();
        if (tags.Length == 0)
            return 0;
        var encoded = new EncodedUtterance
        {
            Ids = new int[tags.Length],
            TypeIds = new int[tags.Length],
            Offsets = new SourceSpan[tags.Length],
            TextStart = 0,
            TextCount = tags.Length,
            Truncated = false,
        };
        return BioDecoder.LogProbability(values, encoded, Head.Labels, 1, tags, Head.Transitions);
    }
}
