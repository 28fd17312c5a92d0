using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Edge.Trainer.Pipelines;
using Edge.Trainer.Tests.Export;

namespace Edge.Trainer.Tests.Pipelines;

public sealed class ModelLimitsTests
{
    private static readonly TaskDefinition Task = new()
    {
        Language = "en", MaxLength = 64, Heads = [new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] }]
    };

    [Fact]
    public void Fit_LengthThatNoFileNames_IsTheModels() =>
        Assert.Equal(32, new ModelLimits("bert", 32, Students.Tiny).Fit(Task, file: null).MaxLength);

    [Fact]
    public void Fit_ShorterTask_KeepsItsLength() =>
        Assert.Equal(64, new ModelLimits("bert", 512, Students.Tiny).Fit(Task, "task.json").MaxLength);

    [Fact]
    public void Fit_TooLongByItsFileAndPairsForOneSegment_NamesBoth()
    {
        var failure =
            Assert.Throws<UserException>(
                () => new ModelLimits("bert", 32, Students.Tiny with { MaxPositions = 40, TypeVocabularySize = 1 }).Fit(
                    Task with { UsesContext = true }, "task.json"));

        Assert.Contains(
            "task.json: maxLength is 64; bert reads at most 32 tokens (max_position_embeddings 40); set maxLength to 32 or less",
            failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "bert: type_vocab_size is 1; utterances with a context need 2 segments; leave the context out or choose another checkpoint",
            failure.Message, StringComparison.Ordinal);
    }
}
