using System.Text;
using Edge.Bundles.Decoding;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

public class JsonLinesTests
{
    [Fact]
    public void Read_AllKindsOfHeads_AreTaken()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.jsonl", """
            {"id":7,"text":"订单U2942还没到","context":"您好","intent":"查物流","entities":[{"label":"ORDER_NUMBER","start":2,"end":7}],"compliance":["a","b","a"],"suitability":0.25}
            {"text":"转人工","intent":"转人工","entities":[],"compliance":[],"suitability":1,"note":null}

            """);

        var utterances = DataFile.Read(path);

        Assert.Equal(2, utterances.Count);
        var first = utterances[0];
        Assert.Equal(("订单U2942还没到", "您好", 1), (first.Text, first.Context, first.Line));
        Assert.Equal("查物流", first.Single["intent"]);
        Assert.Equal(["a", "b"], first.Multi["compliance"]);
        Assert.Equal(0.25, first.Scores["suitability"]);
        Assert.Equal([new EntitySpan("ORDER_NUMBER", 2, 7)], first.Spans["entities"]);
        Assert.Empty(utterances[1].Spans["entities"]);
        Assert.Empty(utterances[1].Multi["compliance"]);
        Assert.Equal(2, utterances[1].Line);
    }

    [Fact]
    public void Read_ByteOrderMarkAndCrLf_AreAccepted()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.jsonl",
            [0xEF, 0xBB, 0xBF,
                .. Encoding.UTF8.GetBytes("{\"text\":\"你好\",\"intent\":\"问候\"}\r\n{\"text\":\"退款\",\"intent\":\"退款\"}\r\n")]);

        Assert.Equal(["你好", "退款"], DataFile.Read(path).Select(u => u.Text));
    }

    [Fact]
    public void Read_SpansSortedAndSurrogatesCountedAsTwo_AreTaken()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.jsonl", """{"text":"😀买𠮷野家","e":[{"label":"B","start":3,"end":7},{"label":"A","start":0,"end":2}]}""");

        Assert.Equal([new EntitySpan("A", 0, 2), new EntitySpan("B", 3, 7)], DataFile.Read(path)[0].Spans["e"]);
    }

    [Theory]
    [InlineData("""{"text":"abc","e":[{"label":"A","start":0,"end":4}]}""",
        "outside the text of 3 UTF-16 units; use 0 <= start < end <= 3")]
    [InlineData("""{"text":"abc","e":[{"label":"A","start":-1,"end":2}]}""", "outside the text")]
    [InlineData("""{"text":"abc","e":[{"label":"A","start":2,"end":2}]}""", "start must be less than end")]
    [InlineData("""{"text":"a😀c","e":[{"label":"A","start":0,"end":2}]}""", "splits a character made of two UTF-16 units")]
    [InlineData("""{"text":"a😀c","e":[{"label":"A","start":2,"end":4}]}""", "splits a character made of two UTF-16 units")]
    [InlineData("""{"text":"abcd","e":[{"label":"A","start":0,"end":2},{"label":"B","start":1,"end":3}]}""", "B 1..3 overlaps A 0..2")]
    [InlineData("""{"text":"abc","e":[{"label":"A","start":"0","end":2}]}""",
        "each span needs \"label\" (a string), \"start\" and \"end\" (whole numbers)")]
    [InlineData("""{"text":"abc","e":[{"label":"A","start":0.5,"end":2}]}""", "each span needs")]
    [InlineData("""{"text":"abc","e":[{"label":"","start":0,"end":2}]}""", "empty label")]
    [InlineData("""{"text":"  ","e":[]}""", "\"text\" is empty")]
    [InlineData("""{"e":[]}""", "has no \"text\"")]
    [InlineData("""{"text":3,"e":[]}""", "\"text\" is the number 3; use a string")]
    [InlineData("""{"text":"abc","e":"x"}""", "\"e\" is the string \"x\"; most other rows have a list of {\"label\",\"start\",\"end\"}")]
    [InlineData("""{"text":"abc","e":true}""", "\"e\" is true; use a string (one label)")]
    [InlineData("""{"text":"abc","e":["a",1]}""", "a list of mixed things")]
    [InlineData("""{"text":"abc","e f":"a"}""", "'e f' cannot name a head")]
    [InlineData("""{"text":"abc","text":"def"}""", "not valid JSON")]
    [InlineData("""{"text":"abc" """, "not valid JSON at byte")]
    [InlineData("""["text"]""", "the row is a list")]
    [InlineData("""{"text":"\ud83d"}""", "half of a surrogate pair")]
    public void Read_BadRow_IsNamedWithLineAndReason(string row, string reason)
    {
        using var folder = new TempFolder();
        var good = """{"text":"abc","e":[{"label":"A","start":0,"end":1}]}""";
        var path = folder.Write("a.jsonl", $"{good}\n{good}\n{row}\n{good}\n");

        var error = Assert.Throws<BadRowsException>(() => DataFile.Read(path));

        var bad = Assert.Single(error.Rows);
        Assert.Equal((path, 3), (bad.File, bad.Line));
        Assert.Contains(reason, bad.Reason, StringComparison.Ordinal);
        Assert.Contains($"{path}:3: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 of 4 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidUtf8_IsReportedByLine()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.jsonl", [.. "{\"text\":\"a\",\"i\":\"x\"}\n{\"text\":\""u8, 0xC4, 0xE3, .. "\",\"i\":\"x\"}\n"u8]);

        var bad = Assert.Single(Assert.Throws<BadRowsException>(() => DataFile.Read(path)).Rows);

        Assert.Equal(2, bad.Line);
        Assert.Contains("not UTF-8 (byte 0xC4 at position 10)", bad.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyBadRows_AreAllListedAndTheFirstShown()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.jsonl", string.Concat(Enumerable.Repeat("{\"text\":\"\",\"i\":\"\"}\n", 50)));

        var error = Assert.Throws<BadRowsException>(() => DataFile.Read(path));

        Assert.Equal(50, error.Rows.Count);
        Assert.Contains("; also: ", error.Rows[0].Reason, StringComparison.Ordinal);
        Assert.Contains("... and 30 more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SkipBad_GoesOnAndListsTheRows()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.jsonl", "{\"text\":\"a\",\"i\":\"x\"}\nnonsense\n{\"text\":\"b\",\"i\":\"x\"}\n");
        var skipped = Path.Combine(folder.Path, "bad.jsonl");

        var utterances = DataFile.Read(path, new DataReadOptions { SkipBadFile = skipped });

        Assert.Equal(["a", "b"], utterances.Select(u => u.Text));
        using var line = System.Text.Json.JsonDocument.Parse(Assert.Single(File.ReadAllLines(skipped)));
        Assert.Equal(2, line.RootElement.GetProperty("line").GetInt32());
        Assert.Equal("nonsense", line.RootElement.GetProperty("row").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    public void Read_EmptyFile_SaysSo(string content)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.jsonl", content);

        Assert.Contains("is empty", Assert.Throws<DataException>(() => DataFile.Read(path)).Message, StringComparison.Ordinal);
    }
}
