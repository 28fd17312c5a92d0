using System.Text;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

/// <summary>What spreadsheets and other systems do to files.</summary>
public class FileFormTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

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

        Assert.Equal([name == "a.csv" ? "a\r\nb" : "a", "好的"], utterances.Select(u => u.Text));
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
    public void Read_OtherEncodings_AreReadOrSayWhatToDo(string name, string content)
    {
        using var folder = new TempFolder();

        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            var wide = folder.Write(name, [.. encoding.GetPreamble(), .. encoding.GetBytes(content)]);
            Assert.Equal("好的", DataFile.Read(wide, new DataReadOptions(), [], out var account)[1].Text);
            Assert.Contains(encoding == Encoding.UTF32 ? "UTF-32" : "UTF-16", account.Form, StringComparison.Ordinal);
        }

        var unmarked = folder.Write(name, Encoding.Unicode.GetBytes(content));
        Assert.Contains("iconv -f UTF-16LE -t UTF-8", Assert.Throws<DataException>(() => DataFile.Read(unmarked)).Message,
            StringComparison.Ordinal);
        // Two characters are too few to tell an encoding by.
        var chinese = Assert.ThrowsAny<Exception>(() => DataFile.Read(folder.Write(name, Gb18030.GetBytes(content))));
        Assert.Contains("as GB18030 it reads '", chinese.Message, StringComparison.Ordinal);
        Assert.Contains("iconv -f GB18030 -t UTF-8 \"" + name + "\"", chinese.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "text,intent\n我想查一下订单为什么还没有到,查物流\n谢谢你们的帮助再见,结束\n")]
    [InlineData("a.csv", "对话内容,意图\n我想查一下订单为什么还没有到,查物流\n谢谢你们的帮助再见,结束\n")]
    [InlineData("a.jsonl", "{\"text\":\"我想查一下订单为什么还没有到\",\"intent\":\"查物流\"}\n{\"text\":\"谢谢你们的帮助再见\",\"intent\":\"结束\"}\n")]
    [InlineData("a.json", "[{\"text\":\"我想查一下订单为什么还没有到\",\"intent\":\"查物流\"},\n{\"text\":\"谢谢你们的帮助再见\",\"intent\":\"结束\"}]")]
    public void Read_Gb18030_IsReadAndSaid(string name, string content)
    {
        using var folder = new TempFolder();
        var path = folder.Write(name, Gb18030.GetBytes(content));
        var options = new DataReadOptions { Map = ColumnMap.Parse(content.StartsWith('对') ? "对话内容=text,意图=intent" : null) };

        var utterances = DataFile.Read(path, options, [], out var account);

        Assert.Equal(["我想查一下订单为什么还没有到", "谢谢你们的帮助再见"], utterances.Select(u => u.Text));
        Assert.Contains("in GB18030", account.ToString(), StringComparison.Ordinal);
    }

    // Korean decodes as common Chinese characters, Japanese and Taiwan's Chinese as rare ones, Latin letters as some of all.
    [Theory]
    [InlineData("euc-kr", "text,intent\n주문한 상품이 아직 도착하지 않았습니다 확인해 주세요,a\n")]
    [InlineData("euc-jp", "text,intent\n注文した商品がまだ届いていません確認してください,a\n")]
    [InlineData("shift_jis", "text,intent\n注文した商品がまだ届いていません確認してください,a\n")]
    [InlineData("big5", "text,intent\n我想查一下訂單為什麼還沒有到謝謝你們的幫助,a\n")]
    [InlineData("windows-1252", "text,intent\nÄÖÜäöüßÄÖÜäöüßÄÖÜäöüß,a\n")]
    public void Read_EncodingThatResemblesGb18030_IsRefusedByLine(string encoding, string content)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(content));

        Assert.Contains("not UTF-8", Assert.Single(Assert.Throws<BadRowsException>(() => DataFile.Read(path)).Rows).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HeaderThatIsNotUtf8_NamesTheEncoding()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Gb18030.GetBytes("内容,intent\na,x\n"));

        Assert.Contains("a.csv:1: the line is not UTF-8 (byte 0xC4 at position 1); as GB18030 it reads '内容,intent'",
            Assert.Throws<DataException>(() => DataFile.Read(path)).Message, StringComparison.Ordinal);
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
