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
        Assert.Equal(new ModelSize(hidden, layers, intermediate, heads, HasUsualHeads: true), ModelSize.Parse(text));

    [Theory]
    [InlineData("384x2x1536x12", 384, 2, 1536, 12)]
    [InlineData("312x2x1200x12", 312, 2, 1200, 12)]
    public void Parse_NumbersWithHeads_TakesThem(string text, int hidden, int layers, int intermediate, int heads) =>
        Assert.Equal(new ModelSize(hidden, layers, intermediate, heads), ModelSize.Parse(text));

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
    public void Parse_AnythingElse_IsNothing(string text) => Assert.Null(ModelSize.Parse(text));

    [Theory]
    [InlineData("312x4x1200",
        "the width 312 is no multiple of 16, so it has no usual number of attention heads: name them, for example 312x4x1200x12")]
    [InlineData("250x4x1024", "name them, for example 250x4x1024x10")]
    [InlineData("256x2x1024x12", "the width 256 is no multiple of 12 attention heads: use a divisor of it, for example 256x2x1024x8")]
    [InlineData("256x0x1024", "0 layers are out of range: use 1 to 24")]
    [InlineData("2048x4x1024", "the width 2048 is out of range: use 16 to 1024")]
    [InlineData("256x4x8", "the feed-forward width 8 is out of range: use 16 to 4096")]
    [InlineData("huge", "use micro, tiny, small, base, or WIDTHxLAYERSxFEEDFORWARD[xHEADS], for example 256x4x1024")]
    public void Problem_NoSize_NamesTheRuleAndASizeThatKeepsIt(string text, string expected)
    {
        var problem = ModelSize.Problem("--student-size", text)!;

        Assert.StartsWith($"--student-size is {text}; ", problem, StringComparison.Ordinal);
        Assert.EndsWith(expected, problem, StringComparison.Ordinal);
        if (problem.Contains("for example ", StringComparison.Ordinal))
            Assert.NotNull(ModelSize.Parse(problem[(problem.LastIndexOf(' ') + 1)..]));
    }

    [Fact]
    public void Problem_TinyTeacher_IsNone()
    {
        Assert.Null(ModelSize.Problem("--teacher-size", "tiny"));
        Assert.All(ModelSizes.All.Keys, name => Assert.Null(ModelSize.Problem("--teacher-size", name)));
    }

    [Fact]
    public void NamedSizes_Heads_DivideTheWidth() => Assert.All(ModelSizes.All.Values, size => Assert.Equal(0, size.Hidden % size.Heads));
}
