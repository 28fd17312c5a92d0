using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

public class JsonArrayTests
{
    [Fact]
    public void Read_ContextAndResponse_ResponseIsTheText()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.json", """
            [
              {"context":"怎么退货?","response":"您可以在订单页申请","intent":"退货","style":"正式"},

              {"context":"","response":"好","intent":"其他","style":"随意"}
            ]
            """);

        var utterances = DataFile.Read(path);

        Assert.Equal(("您可以在订单页申请", "怎么退货?", "正式"), (utterances[0].Text, utterances[0].Context, utterances[0].Single["style"]));
        Assert.Null(utterances[1].Context);
        Assert.Equal([2, 4], utterances.Select(u => u.Line));
    }

    [Fact]
    public void Read_BadItems_AreNamedWithTheirLines()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.json",
            "[\n{\"text\":\"a\",\"i\":\"x\"},\n{\"text\":\"\",\n\"i\":\"x\"},\n{\"text\":\"b\",\"text\":\"c\"},\n7,\n{\"text\":]");

        var rows = Assert.Throws<BadRowsException>(() => DataFile.Read(path)).Rows;

        Assert.Equal([3, 5, 6, 7], rows.Select(row => row.Line));
        Assert.Contains("the rest of the file was not read", rows[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_JsonLinesNamedJson_AreTaken()
    {
        using var folder = new TempFolder();

        Assert.Equal(2, DataFile.Read(folder.Write("a.json", "{\"text\":\"a\",\"i\":\"x\"}\n{\"text\":\"b\",\"i\":\"x\"}\n")).Count);
    }
}
