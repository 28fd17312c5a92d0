using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Model;

public sealed class ModelSizeTests
{
    [Theory]
    [InlineData("256x4x1024", 256, 4, 1024, 4)]
    [InlineData("128x2x512", 128, 2, 512, 4)]
    [InlineData("48x1x96", 48, 1, 96, 3)]
    [InlineData("768x12x3072", 768, 12, 3072, 12)]
    public void Parse_Numbers_ChoosesHeads(string text, int hidden, int layers, int intermediate, int heads) =>
        Assert.Equal(new ModelSize(hidden, layers, intermediate, heads, HasUsualHeads: true), ModelSize.Parse(text, ModelSizes.Students));

    [Theory]
    [InlineData("384x2x1536x12", 384, 2, 1536, 12)]
    [InlineData("312x2x1200x12", 312, 2, 1200, 12)]
    public void Parse_NumbersWithHeads_TakesThem(string text, int hidden, int layers, int intermediate, int heads) =>
        Assert.Equal(new ModelSize(hidden, layers, intermediate, heads), ModelSize.Parse(text, ModelSizes.Students));

    [Theory]
    [InlineData("huge")]
    [InlineData("256x4")]
    [InlineData("250x4x1024")]
    [InlineData("256x0x1024")]
    [InlineData("2048x4x1024")]
    [InlineData("256x-4x1024")]
    [InlineData("312x2x1200")]
    [InlineData("256x2x1024x0")]
    [InlineData("256x2x1024x12")]
    [InlineData("256x2x1024x4x1")]
    public void Parse_AnythingElse_IsNothing(string text) => Assert.Null(ModelSize.Parse(text, ModelSizes.Students));

    [Fact]
    public void NamedSizes_Heads_DivideTheWidth() =>
        Assert.All(ModelSizes.Students.Values.Concat(ModelSizes.Teachers.Values), size => Assert.Equal(0, size.Hidden % size.Heads));
}
