using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

public class CsvTests
{
    [Fact]
    public void Read_MappedColumns_AreRenamedAndOthersLeftOut()
    {
        using var folder = new TempFolder();
        folder.Write("train.csv", "序号,对话内容,情感类型,备注\n1,\"退款,快点\",消极,x\n2,\"他说\"\"好\"\"\n第二行\",中性,\n3,谢谢,积极,\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},第{i}句,中性,\n")));

        var data = DataFolder.Read(folder.Path, new DataReadOptions { Map = ColumnMap.Parse("对话内容=text, 情感类型=sentiment") });

        var all = data.Train.Concat(data.Dev).Concat(data.Test).OrderBy(u => u.Line).ToArray();
        Assert.Equal(["退款,快点", "他说\"好\"\n第二行", "谢谢"], all.Take(3).Select(u => u.Text));
        Assert.Equal([2, 3, 5], all.Take(3).Select(u => u.Line));
        Assert.Equal(["sentiment"], all.SelectMany(u => u.Single.Keys).Distinct());
        Assert.Contains(data.Notes, note => note.Contains("序号, 备注", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ListsScoresAndEmptyCells_AreTaken()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv",
            "text,intent,entities,suitability,tags\n" +
            "U1,查,\"[{\"\"label\"\":\"\"O\"\",\"\"start\"\":0,\"\"end\"\":2}]\",0.5,\"[\"\"a\"\"]\"\nb,,[],1,[]\n");

        var utterances = DataFile.Read(path);

        Assert.Equal([new EntitySpan("O", 0, 2)], utterances[0].Spans["entities"]);
        Assert.Equal(0.5, utterances[0].Scores["suitability"]);
        Assert.Equal(["a"], utterances[0].Multi["tags"]);
        Assert.False(utterances[1].Single.ContainsKey("intent"));
        Assert.Equal(1, utterances[1].Scores["suitability"]);
    }

    [Fact]
    public void Read_ZeroAndOne_AreLabels()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", "text,label\na,0\nb,1\n");

        Assert.Equal(["0", "1"], DataFile.Read(path).Select(u => u.Single["label"]));
    }

    [Theory]
    [InlineData("1", "0", false)]
    [InlineData("1", "2", false)]
    [InlineData("1", "0.5", true)]
    public void Read_NumbersInJson_AreLabelsUnlessOneHasAFraction(string first, string second, bool isScore)
    {
        using var folder = new TempFolder();
        var read = DataFile.Read(folder.Write("a.jsonl", $"{{\"text\":\"a\",\"label\":{first}}}\n{{\"text\":\"b\",\"label\":{second}}}\n"));

        Assert.Equal(isScore ? 2 : 0, read.Count(u => u.Scores.ContainsKey("label")));
        Assert.Equal(isScore ? [] : [first, second], read.SelectMany(u => u.Single.Values));
    }

    [Fact]
    public void Read_NumberWhereTheTaskWantsALabel_IsItsName()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.jsonl", "{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\",\"label\":0.5}\n");
        var task = new TaskDefinition { Heads = [new HeadDefinition { Name = "label", Kind = HeadKind.Single }] };

        Assert.Equal(["1", "0.5"], DataFile.Read(path, new DataReadOptions { Task = task }).Select(u => u.Single["label"]));
    }

    [Fact]
    public void Read_TaskSaysSeveral_SplitsAtSemicolons()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", "text,tags\na,x;y\nb,z\n");
        var task = new TaskDefinition { Heads = [new HeadDefinition { Name = "tags", Kind = HeadKind.Multi }] };

        Assert.Equal(["x", "y"], DataFile.Read(path, new DataReadOptions { Task = task })[0].Multi["tags"]);
    }

    [Theory]
    [InlineData("text;intent\na;x\n")]
    [InlineData("text\tintent\r\na\tx\r\n")]
    public void Read_OtherDelimiters_AreFound(string content)
    {
        using var folder = new TempFolder();

        Assert.Equal("x", Assert.Single(DataFile.Read(folder.Write("a.csv", content))).Single["intent"]);
    }

    [Fact]
    public void Read_RowsWithWrongFields_AreAllReported()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", "text,intent\na,x\nb,x,y\nc,x\n,x\nd\n");

        var error = Assert.Throws<BadRowsException>(() => DataFile.Read(path));

        Assert.Equal([3, 5, 6], error.Rows.Select(row => row.Line));
        Assert.Contains("3 fields, the header 2", error.Rows[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidUtf8_IsReportedByLine()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", [.. "text,intent\na,x\n"u8, 0xC4, 0xE3, .. ",x\nb,x\n"u8]);

        Assert.Equal(3, Assert.Single(Assert.Throws<BadRowsException>(() => DataFile.Read(path)).Rows).Line);
    }

    [Theory]
    [InlineData("内容,intent\na,x\n", "no column is called 'text'; found: 内容, intent. Say which one it is: --map \"内容=text,...\"")]
    [InlineData("text,情感\na,x\n", "'情感' cannot name a head")]
    [InlineData("text,a,a\na,x,y\n", "column 'a' stands twice")]
    [InlineData("text,intent\n", "has no rows")]
    public void Read_BadHeader_SaysWhatToDo(string content, string message)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", content);

        Assert.Contains(message, Assert.Throws<DataException>(() => DataFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a", "'a' is not of the form column=name")]
    [InlineData("a=text,b=text", "two columns are mapped to 'text'")]
    [InlineData("a=情感", "cannot name a head")]
    public void Map_Malformed_SaysWhatToWrite(string map, string message) =>
        Assert.Contains(message, Assert.Throws<DataException>(() => ColumnMap.Parse(map)).Message, StringComparison.Ordinal);
}
