using System.Text;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

/// <summary>What spreadsheets and other systems do to files.</summary>
public class FileFormTests
{
    private const string Csv = "text,intent\r\n\"a\r\nb\",x\r\n好的,y\r\n";
    private const string Lines = "{\"text\":\"a\",\"intent\":\"x\"}\r\n\r\n{\"text\":\"好的\",\"intent\":\"y\"}";
    private const string Array = "[\r\n{\"context\":\"q\",\"response\":\"a\",\"intent\":\"x\"},\r\n{\"text\":\"好的\",\"intent\":\"y\"}]\r\n";

    [Theory]
    [InlineData("a.csv", Csv)]
    [InlineData("a.jsonl", Lines)]
    [InlineData("a.json", Array)]
    public void Read_ByteOrderMarkAndCarriageReturns_AreNoPartOfTheData(string name, string content)
    {
        using var folder = new TempFolder();

        var utterances = DataFile.Read(folder.Write(name, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(content)]));

        Assert.Equal([name == "a.csv" ? "a\nb" : "a", "好的"], utterances.Select(u => u.Text));
        Assert.Equal(["x", "y"], utterances.Select(u => u.Single["intent"]));
    }

    [Theory]
    [InlineData("a.csv", Csv)]
    [InlineData("a.jsonl", Lines)]
    [InlineData("a.json", Array)]
    public void Read_NoHeadOfTheTask_NamesHeadsAndKeys(string name, string content)
    {
        using var folder = new TempFolder();
        var task = new TaskDefinition
        {
            Heads = [new HeadDefinition { Name = "mood", Kind = HeadKind.Single },
                new HeadDefinition { Name = "fit", Kind = HeadKind.Score }]
        };

        var problem = Assert.Throws<DataException>(() => DataFile.Read(folder.Write(name, content), new DataReadOptions { Task = task }));

        Assert.EndsWith(
            $"{name}: no row annotates mood, fit; beside the text the rows have intent. Name a key after its head, or use --map " +
            "\"key=head\".", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", Csv)]
    [InlineData("a.jsonl", Lines)]
    [InlineData("a.json", Array)]
    public void Read_OtherEncodings_SayWhatToDo(string name, string content)
    {
        using var folder = new TempFolder();

        var wide = Assert.Throws<DataException>(
            () => DataFile.Read(folder.Write(name, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(content)])));
        Assert.Contains("is UTF-16; save it as UTF-8", wide.Message, StringComparison.Ordinal);
        // 好的 in GB 18030.
        var chinese = Encoding.Latin1.GetBytes(content.Replace("好的", "\u00BA\u00C3\u00B5\u00C4", StringComparison.Ordinal));
        var narrow = Assert.ThrowsAny<Exception>(() => DataFile.Read(folder.Write(name, chinese)));
        Assert.Contains("UTF-8", narrow.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.jsonl")]
    [InlineData("a.json")]
    public void Read_ManyRows_TakesTimeInProportion(string name)
    {
        using var folder = new TempFolder();
        var rows = Enumerable.Range(0, 50_000).Select(i => name == "a.csv" ? $"text {i},x" : $"{{\"text\":\"text {i}\",\"intent\":\"x\"}}");
        var content = name switch
        {
            "a.csv" => "text,intent\n" + string.Join('\n', rows),
            "a.json" => $"[{string.Join(",\n", rows)}]",
            _ => string.Join('\n', rows)
        };

        var utterances = DataFile.Read(folder.Write(name, content));

        Assert.Equal(50_000, utterances.Count);
        Assert.Equal((name == "a.csv" ? 50_001 : 50_000, "text 49999"), (utterances[^1].Line, utterances[^1].Text));
    }
}
