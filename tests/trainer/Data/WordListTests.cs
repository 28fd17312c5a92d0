using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Tests.Data;

public class WordListTests
{
    /// <summary>A list whose file name ends in a language was once built into a satellite assembly, and read as empty.</summary>
    [Theory]
    [InlineData("fillers")]
    [InlineData("homophones")]
    [InlineData("openings")]
    [InlineData("endings")]
    [InlineData("hesitations")]
    [InlineData("before")]
    [InlineData("after")]
    public void Read_ListOfALanguage_IsBuiltIn(string name)
    {
        Assert.NotEmpty(WordLists.Read(name, "zh"));
        Assert.NotEmpty(WordLists.Read(name, "en"));
        Assert.Empty(WordLists.Read(name, "sv"));
    }

    [Theory]
    [InlineData("zh-CN", "zh")]
    [InlineData("en_us", "en")]
    public void Augment_RegionalTag_IsItsLanguage(string tag, string language)
    {
        var options = new AugmentationOptions { Homophones = 0.5, Fillers = 0.5, SpokenDigits = 0.5 };
        LabelledUtterance[] utterances = [new() { Text = "帮我查余额，订单U2942" }, new() { Text = "do you know where it is, order 59" }];

        Assert.Equal(Of(language), Of(tag));
        Assert.NotEqual(Of("sv"), Of(tag));

        string[] Of(string spoken) => [.. new Variants(options, spoken, 1).Of(utterances).Select(variant => variant.Text)];
    }

    [Fact]
    public void Homophones_AKnownWord_IsReplaced()
    {
        var variants = Enumerable.Range(0, 20).Select(seed => Homophones.For("zh").Apply(new() { Text = "帮我查余额" }, new(seed)).Text);

        Assert.Contains("帮我查鱼额", variants);
    }
}
