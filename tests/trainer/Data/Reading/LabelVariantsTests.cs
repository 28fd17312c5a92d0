using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

public sealed class LabelVariantsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("退款 ")]
    [InlineData("\u3000退款")]
    [InlineData("退款\u00A0")]
    [InlineData("退\u200B款")]
    [InlineData("\uFEFF退款")]
    public void Read_SpacesAndInvisibleCharacters_AreNoPartOfALabel(string variant)
    {
        Assert.Equal(["退款", "退款", "退款"], Intents("退款", variant, "退款"));
        Assert.Contains("intent: 1 label had spaces or invisible characters", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Neutral", "neutral")]
    [InlineData("Neutral", "NEUTRAL")]
    [InlineData("Vip1", "ＶＩＰ１")]
    [InlineData("（其他）", "(其他)")]
    [InlineData("check balance", "Check  Balance")]
    public void Read_CaseAndWidth_AreMergedToTheMostFrequentForm(string often, string seldom)
    {
        Assert.Equal([often, often, often], Intents(often, seldom, often));
        Assert.Contains(_notes, note => note.Contains($"(1) as '{often}'", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_LabelsThatDiffer_StayAsTheyAre()
    {
        Assert.Equal(["退款", "退货", "1号线", "一号线"], Intents("退款", "退货", "1号线", "一号线"));
        Assert.Empty(_notes);
    }

    [Fact]
    public void Read_TaskThatListsBothForms_KeepsBoth()
    {
        var task = Task("US", "us");

        Assert.Equal(["US", "us", "us"], Read("US", "us", " us", new DataReadOptions { Task = task }));
    }

    [Fact]
    public void Read_TaskThatListsOneForm_TakesTheOthersForIt() =>
        Assert.Equal(["Neutral", "Neutral", "Neutral"],
            Read("neutral", "neutral", "NEUTRAL", new DataReadOptions { Task = Task("Neutral", "x") }));

    [Fact]
    public void Read_SpellingOfABundle_CountsWithoutBeingImposed() =>
        Assert.Equal(["Neutral", "Neutral", "angry"],
            Read("neutral", "neutral", "angry", new DataReadOptions { Task = Task(), Spelling = Task("Neutral") }));

    [Theory]
    [InlineData("a.csv", "text,label\na,0.0\nb,1.0\nc,\nd,1.0\n")]
    [InlineData("a.jsonl",
        "{\"text\":\"a\",\"label\":0.0}\n{\"text\":\"b\",\"label\":1.0}\n{\"text\":\"c\"}\n{\"text\":\"d\",\"label\":1}\n")]
    [InlineData("a.csv", "text,label\na,0\nb,1.0\nc,\nd,1\n")]
    public void Read_WholeNumbersOfPandas_AreLabels(string name, string content)
    {
        var utterances = DataFile.Read(_folder.Write(name, content), null, _notes);

        Assert.Equal(["0", "1", "1"], utterances.Where(u => u.IsAnnotated).Select(u => u.Single["label"]));
        Assert.Contains("'1.0'", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WholeNumbersOfPandasForABundleThatHasThem_AreItsLabels() =>
        Assert.Equal(["1", "0", "1"], Read("1.0", "0.0", "1", new DataReadOptions { Task = Task(), Spelling = Task("0", "1", "other") }));

    [Fact]
    public void Read_LabelsOfSpans_AreTakenTogetherToo()
    {
        var path = _folder.Write("a.jsonl", "{\"text\":\"ab cd\",\"e\":[{\"label\":\"PER\",\"start\":0,\"end\":2},"
            + "{\"label\":\"per \",\"start\":3,\"end\":5}]}\n{\"text\":\"ef\",\"e\":[{\"label\":\"PER\",\"start\":0,\"end\":2}]}\n");

        Assert.All(DataFile.Read(path).SelectMany(u => u.Spans["e"]), span => Assert.Equal("PER", span.Label));
    }

    [Theory]
    [InlineData("\u200B", "U+200B")]
    [InlineData("\uFEFF \u200D", "U+FEFF")]
    public void Read_TextWithoutAWord_IsABadRow(string text, string named)
    {
        var path = _folder.Write("a.jsonl", $"{{\"text\":\"{text}\",\"i\":\"x\"}}\n{{\"text\":\"b\",\"i\":\"y\"}}\n");

        Assert.Contains($"has only invisible characters ({named})",
            Assert.Single(Assert.Throws<BadRowsException>(() => DataFile.Read(path)).Rows).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("。")]
    [InlineData("😀")]
    [InlineData("℃")]
    public void Read_TextOfSigns_IsAnUtterance(string text) =>
        Assert.Single(DataFile.Read(_folder.Write("a.jsonl", $"{{\"text\":\"{text}\",\"i\":\"x\"}}\n")));

    private static TaskDefinition Task(params string[] labels) =>
        new() { Heads = [new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = labels }] };

    private string[] Intents(params string[] labels) => Rows(labels, new DataReadOptions());

    private string[] Read(string first, string second, string third, DataReadOptions options) => Rows([first, second, third], options);

    private string[] Rows(string[] labels, DataReadOptions options) =>
        [.. DataFile.Read(
            _folder.Write("a.jsonl", string.Concat(labels.Select((label, i) => $"{{\"text\":\"t{i}\",\"intent\":\"{label}\"}}\n"))),
            options, _notes)
            .Select(u => u.Single["intent"])];
}
