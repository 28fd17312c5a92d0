using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Tests.Data.Augmentation;

public class WordListTests
{
    /// <summary>A list whose file name ends in a language was once built into a satellite assembly, and read as empty.</summary>
    [Theory]
    [InlineData("fillers")]
    [InlineData("homophones")]
    [InlineData("clausesBefore")]
    [InlineData("clausesBehind")]
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

    /// <summary>Stress sets say what a model does with clauses that it has not learned by heart.</summary>
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Clauses_OfTraining_AreNoneOfTheStressSets(string language)
    {
        var training = Of("clausesBefore", "clausesBehind");
        var stress = Of("openings", "endings", "before", "after");
        Assert.DoesNotContain(training,
            clause => stress.Any(
                other => other.Contains(clause, StringComparison.OrdinalIgnoreCase) && clause.Length > (language == "zh" ? 3 : 8)));
        Assert.Empty(training.Intersect(stress, StringComparer.OrdinalIgnoreCase));

        string[] Of(params string[] names) =>
            [.. names.SelectMany(name => WordLists.Read(name, language)).Select(clause => clause.Trim('，', ' '))];
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

        string[] Of(string spoken)
        {
            var augmenter = new Augmenter(options, spoken, utterances);
            return [.. Enumerable.Range(0, 10)
                .SelectMany(seed => utterances.Select(utterance => augmenter.Augment(utterance, new SeededRandom(seed)).Text))];
        }
    }

    [Fact]
    public void Homophones_AKnownWord_IsReplaced()
    {
        var variants = Enumerable.Range(0, 20).Select(seed => Homophones.For("zh").Apply(new() { Text = "帮我查余额" }, new(seed)).Text);

        Assert.Contains("帮我查鱼额", variants);
    }
}
