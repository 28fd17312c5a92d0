using Edge.Trainer.Model;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tests.Pipelines;

public sealed class PretrainedTeacherTests
{
    private static readonly BertConfig MiniLm =
        new() { VocabularySize = 30522, HiddenSize = 384, Layers = 6, AttentionHeads = 12, IntermediateSize = 1536, MaxPositions = 512 };
    private static readonly BertConfig Otherwise =
        new() { VocabularySize = 30522, HiddenSize = 16, Layers = 1, AttentionHeads = 1, IntermediateSize = 16, MaxPositions = 512 };

    [Theory]
    [InlineData("small", 6)]
    [InlineData("384x2x1536", 2)]
    [InlineData("384x3x1536x12", 3)]
    public void StudentConfig_OfTheTeachersWidths_IsTheTeacherWithFewerLayers(string size, int layers) =>
        Assert.Equal(MiniLm with { Layers = layers }, StudentConfig(size));

    [Theory]
    [InlineData("micro")]
    [InlineData("384x2x1024")]
    [InlineData("384x2x1536x6")]
    public void StudentConfig_OfOtherWidthsOrHeads_StartsFromNothing(string size) => Assert.Equal(Otherwise, StudentConfig(size));

    private static BertConfig StudentConfig(string size) =>
        PretrainedTeacher.StudentConfig(ModelSize.Parse(size)!, MiniLm, () => Otherwise);
}
