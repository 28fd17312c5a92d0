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

    [Fact]
    public void Homophones_AKnownWord_IsReplaced()
    {
        var variants = Enumerable.Range(0, 20).Select(seed => Homophones.For("zh").Apply(new() { Text = "帮我查余额" }, new(seed)).Text);

        Assert.Contains("帮我查鱼额", variants);
    }
}
