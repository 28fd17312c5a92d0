using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

public class DataFolderTests
{
    [Fact]
    public void Read_MissingSplits_AreSplitOffStratifiedAndNoted()
    {
        using var folder = new TempFolder();
        folder.Write("train.jsonl", Rows(1000, i => i % 4 == 0 ? "rare" : "often"));

        var data = DataFolder.Read(folder.Path, new DataReadOptions { Preparation = new() { SplitSeed = 3 } });

        Assert.Equal((810, 90, 100), (data.Train.Count, data.Dev.Count, data.Test.Count));
        Assert.Equal(25, data.Test.Count(u => u.Single["intent"] == "rare"));
        Assert.Equal(2, data.Notes.Count);
        Assert.Contains("no test file: 100 of 1000", data.Notes[0], StringComparison.Ordinal);
        Assert.Empty(data.Train.Select(u => u.Text).Intersect(data.Test.Select(u => u.Text)));
    }

    [Fact]
    public void Read_SameSeed_SplitsAlike()
    {
        using var folder = new TempFolder();
        folder.Write("train.jsonl", Rows(200, i => $"i{i % 3}"));

        string[] Test(int seed) =>
            [.. DataFolder.Read(folder.Path, new DataReadOptions { Preparation = new() { SplitSeed = seed } }).Test.Select(u => u.Text)];

        Assert.Equal(Test(1), Test(1));
        Assert.NotEqual(Test(1), Test(2));
    }

    [Fact]
    public void Read_EqualTexts_StayInOneSplit()
    {
        using var folder = new TempFolder();
        folder.Write("train.jsonl", string.Concat(Enumerable.Range(0, 300).Select(i => $"{{\"text\":\"t{i % 60}\",\"intent\":\"x\"}}\n")));

        var data = DataFolder.Read(folder.Path);

        Assert.Empty(data.Train.Select(u => u.Text).Intersect(data.Dev.Concat(data.Test).Select(u => u.Text)));
        Assert.Empty(data.Dev.Select(u => u.Text).Intersect(data.Test.Select(u => u.Text)));
    }

    [Fact]
    public void Read_NoTrainingData_ListsWhatWasLookedFor()
    {
        using var folder = new TempFolder();
        folder.Write("training.jsonl", "{}");

        var message = Assert.Throws<DataException>(() => DataFolder.Read(folder.Path)).Message;

        foreach (var name in new[] { "train.jsonl", "train.csv", "train.json", "train.tsv" })
            Assert.Contains(Path.Combine(folder.Path, name), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoFormsOfOneSplit_AsksForOne()
    {
        using var folder = new TempFolder();
        folder.Write("train.jsonl", "{\"text\":\"a\"}");
        folder.Write("train.csv", "text\na\n");

        Assert.Contains(
            "both exist; keep one", Assert.Throws<DataException>(() => DataFolder.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooFewToSplit_SaysSo()
    {
        using var folder = new TempFolder();
        folder.Write("train.jsonl", Rows(2, _ => "x"));

        Assert.Contains("too few", Assert.Throws<DataException>(() => DataFolder.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LabelThatTheTaskLacks_IsABadRowInEverySplit()
    {
        using var folder = new TempFolder();
        folder.Write("train.jsonl", Rows(30, _ => "x"));
        folder.Write("dev.jsonl", Rows(3, i => i == 1 ? "y" : "x"));
        folder.Write("test.jsonl", Rows(3, i => i == 2 ? "z" : "x"));
        var task = new TaskDefinition { Heads = [new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["x"] }] };

        var rows = Assert.Throws<BadRowsException>(() => DataFolder.Read(folder.Path, new DataReadOptions { Task = task })).Rows;

        Assert.Equal([("dev.jsonl", 2), ("test.jsonl", 3)], rows.Select(row => (Path.GetFileName(row.File), row.Line)));
        Assert.Contains("the task file allows x", rows[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HeadEmptyEverywhere_IsLeftOutWithANote()
    {
        using var folder = new TempFolder();
        folder.Write("train.jsonl",
            string.Concat(Enumerable.Range(0, 30).Select(i => $"{{\"text\":\"t{i}\",\"intent\":\"x\",\"entities\":[]}}\n")));

        var data = DataFolder.Read(folder.Path);

        Assert.Empty(data.Train[0].Spans);
        Assert.Contains("Head 'entities' is left out", data.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("atis", 4478, 500, 893)]
    [InlineData("cais", 7995, 994, 1012)]
    [InlineData("waimai", 9590, 1199, 1198)]
    public void Read_DevelopmentSets_HaveNoBadRow(string set, int train, int dev, int test)
    {
        var data = DataFolder.Read(SharedData.Folder(set));

        Assert.Equal((train, dev, test), (data.Train.Count, data.Dev.Count, data.Test.Count));
        Assert.Empty(data.Notes);
    }

    [Theory]
    [InlineData("call-{0}")]
    [InlineData("2026-11-{0}")]
    [InlineData("{0}")]
    public void Read_ColumnOfRowNumbers_IsNamedAndNoHeadUnlessAskedFor(string form)
    {
        using var folder = new TempFolder();
        folder.Write("train.csv", "text,intent,call_id\n" + string.Concat(Enumerable.Range(0, 300).Select(i =>
            $"text {i},x{i % 3},{string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i)}\n")));
        var map = ColumnMap.Parse("text=text,intent=intent,call_id=call_id");

        var data = DataFolder.Read(folder.Path);
        var asked = DataFolder.Read(folder.Path, new DataReadOptions { Map = map });

        Assert.Equal(["intent"], data.Train.SelectMany(u => u.Single.Keys).Distinct());
        Assert.Contains("'call_id' is left out: 300 of its 300 values are different", data.Notes[0], StringComparison.Ordinal);
        Assert.Equal(["intent", "call_id"], asked.Train.SelectMany(u => u.Single.Keys).Distinct());
        Assert.Equal((30, 27), (asked.Test.Count, asked.Dev.Count));
    }

    private static string Rows(int count, Func<int, string> intent) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"{{\"text\":\"text {i}\",\"intent\":\"{intent(i)}\"}}\n"));
}
