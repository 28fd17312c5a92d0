using System.Text.RegularExpressions;
using Edge.Trainer.Synthesis;

namespace Edge.Trainer.Tests.Synthesis;

public partial class GrammarTests
{
    public static TheoryData<string> Languages => [.. Grammar.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Sections_Templates_BelongToOneSplitOnly(string language)
    {
        var divided = Grammar.For(language).Sections.Where(section => !section.IsShared).ToArray();

        foreach (var section in divided)
        {
            var lines = Enum.GetValues<Split>().Select(split => section.Lines(split).Select(line => line.Text).ToHashSet()).ToArray();
            Assert.Empty(lines[0].Intersect(lines[1]).Concat(lines[0].Intersect(lines[2])).Concat(lines[1].Intersect(lines[2])));
            Assert.All(lines, part => Assert.NotEmpty(part));
        }

        Assert.InRange(divided.Sum(section => Enum.GetValues<Split>().Sum(split => section.Lines(split).Count)), 300, 10_000);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Intents_EveryReferenceAndLexicon_IsDefined(string language)
    {
        var grammar = Grammar.For(language);
        foreach (var intent in grammar.Intents)
            foreach (var (sentiment, weight) in intent.Sentiments.Where(pair => pair.Weight > 0))
                Visit(grammar, intent, new GrammarNode.Reference(sentiment), []);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Templates_DaysAndLexiconValues_StandInSlots(string language)
    {
        // A day or product that is an entity in one template and plain text in another teaches a model contradictions.
        var grammar = Grammar.For(language);
        var values = grammar.Lexicons.SelectMany(lexicon => lexicon.Entries).Select(entry => entry.Fixed).OfType<string>().ToArray();
        var place = grammar.Lexicons.Select(lexicon => lexicon.Name).ToHashSet();
        var literals = grammar.Sections.Where(section => section.Name is not ("路" or "小区" or "城区" or "区" or "town" or "street"))
            .SelectMany(section => Enum.GetValues<Split>().SelectMany(split => section.Lines(split)))
            .Select(line => Slots().Replace(line.Text, "·")).ToArray();

        foreach (var literal in literals)
        {
            Assert.DoesNotMatch(Days(), literal);
            Assert.DoesNotContain(
                values, value => Regex.IsMatch(literal, language == "zh" ? Regex.Escape(value) : $@"\b{Regex.Escape(value)}\b"));
        }
    }

    [Theory]
    [InlineData("(a|b", "')' is missing")]
    [InlineData("a)b", "closes nothing")]
    [InlineData("{PRODUCT", "'}' is missing")]
    public void Parse_MalformedLine_SaysWhere(string line, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => GrammarParser.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownLanguage_NamesTheKnown() =>
        Assert.Contains("zh or en", Assert.Throws<FormatException>(() => GrammarReader.Read("xx")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_TooFewLinesToDivide_SaysSo() =>
        Assert.Contains("f.txt: section [request] needs at least three lines",
            Assert.Throws<FormatException>(() => GrammarFile.Parse("f.txt", "intent a\n[request]\nb\nc\n")).Message,
            StringComparison.Ordinal);

    private static void Visit(Grammar grammar, IntentGrammar intent, GrammarNode node, HashSet<string> seen)
    {
        switch (node)
        {
            case GrammarNode.Sequence sequence: foreach (var item in sequence.Items) Visit(grammar, intent, item, seen); break;
            case GrammarNode.Choice choice: foreach (var item in choice.Items) Visit(grammar, intent, item, seen); break;
            case GrammarNode.Optional optional: Visit(grammar, intent, optional.Item, seen); break;
            case GrammarNode.Slot slot: Assert.NotEmpty(grammar.Lexicon(slot.Lexicon).Entries); break;
            case GrammarNode.Reference reference when seen.Add(reference.Section):
                foreach (var split in Enum.GetValues<Split>())
                    foreach (var line in grammar.Section(intent, reference.Section).Lines(split)) Visit(grammar, intent, line.Node, seen);
                break;
        }
    }

    [GeneratedRegex(@"\{[^}]*\}|<[^>]*>")]
    private static partial Regex Slots();

    [GeneratedRegex("今天|昨天|前天|明天|后天|上周|下周|上个月|下个月|这个月|月初|月底|今晚|昨晚|星期[一二三四五六日天]|礼拜|yesterday|tomorrow|tonight|(last|next) (week|month)|(Mon|Tues|Fri)day")]
    private static partial Regex Days();
}
