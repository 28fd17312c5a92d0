using System.Text;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

/// <summary>Rows in are utterances and bad rows together, whatever the file.</summary>
public sealed class RowAccountTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("\r")]
    public void Read_LineEndInACell_StaysAsItIs(string ends)
    {
        var text = $"你好{ends}再见";
        var (utterances, bad, account) = Read("a.csv", $"text,intent\r\n\"{text}\",x\r\n好的,y\r\n");

        Assert.Empty(bad);
        Assert.Equal([text, "好的"], utterances.Select(u => u.Text));
        Assert.Equal([2, 4], utterances.Select(u => u.Line));
        Assert.Equal([(2, 3)], account.Spanning);
        Assert.EndsWith("2 rows, all of them utterances; 1 stands on several lines (2-3)", account.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CrLfInACell_SpansStayRight()
    {
        var (utterances, _, _) = Read("a.csv",
            "text,entities\r\n\"您好\r\n订单U2942\",\"[{\"\"label\"\":\"\"ORDER\"\",\"\"start\"\":6,\"\"end\"\":11}]\"\r\n");

        var span = Assert.Single(utterances[0].Spans["entities"]);
        Assert.Equal("U2942", utterances[0].Text[span.Start..span.End]);
    }

    [Fact]
    public void Read_UnmatchedQuoteNeverClosed_IsOneBadRow()
    {
        var (utterances, bad, account) = Read("a.csv",
            "text,intent\n\"好的,是\",x\n\"退款,x\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"第{i}句,y\n")));

        Assert.Equal(101, utterances.Count);
        Assert.Equal((3, "\"退款,x"), (Assert.Single(bad).Line, bad[0].Row));
        Assert.Contains("one opens before '退款,x' and is never closed", bad[0].Reason, StringComparison.Ordinal);
        Assert.Equal((102, 101, 1), (account.Rows, account.Utterances, account.BadRows));
    }

    [Fact]
    public void Read_UnmatchedQuoteBeforeAnotherQuote_LosesOnlyItsLine()
    {
        var (utterances, bad, _) = Read("a.csv",
            "text,intent\n\"好的,是\",x\n\"退款,x\n第一句,y\n\"第二,句\",y\n他说\"好\",x\n");

        Assert.Equal(["好的,是", "第一句", "第二,句", "他说\"好\""], utterances.Select(u => u.Text));
        Assert.Equal(3, Assert.Single(bad).Line);
    }

    [Fact]
    public void Read_UnmatchedQuoteThatSomeOtherQuoteCloses_NamesEveryLine()
    {
        var (utterances, bad, _) = Read("a.csv",
            "text,intent\n\"好的,是\",x\n\"退款,x\n第一句,y\n第二句,x\n第三句,y\n屏幕5.5\",y\n谢谢,x\n再见,y\n喂,x\n嗯,y\n");

        Assert.Equal(["好的,是", "谢谢", "再见", "喂", "嗯"], utterances.Select(u => u.Text));
        Assert.Equal([3, 4, 5, 6, 7], bad.Select(row => row.Line));
        Assert.Contains("opens on line 3 and closes on line 7, and each line between is a row by itself", bad[2].Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TabsWithoutQuoting_QuotesArePartOfTheText()
    {
        var rows = Enumerable.Range(0, 300).Select(i => i % 20 == 0 ? $"\"第{i}句\tx" : i % 20 == 5 ? $"\"第{i}句\"\ty" : $"第{i}句\tx");
        var (utterances, bad, account) = Read("a.tsv", "text\tintent\n" + string.Join('\n', rows));

        Assert.Empty(bad);
        Assert.Equal(rows.Select(row => row.Split('\t')[0]), utterances.Select(u => u.Text));
        Assert.Contains("CSV in UTF-8, separated by tabs; quotes are part of the text; 300 rows, all of them utterances",
            account.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sep=;\ntext;intent\na,b;x\n", "semicolons, as its sep= line says")]
    [InlineData("\"sep=|\"\r\ntext|intent\r\na,b|x\r\n", "bars, as its sep= line says")]
    [InlineData("text|intent\na,b|x\n", "separated by bars;")]
    [InlineData("text;intent\n\"a,b\";x\n", "separated by semicolons;")]
    [InlineData("\"text\"\t\"intent\"\n\"a,b\"\tx\n", "separated by tabs;")]
    [InlineData("text,intent\r\"a,b\",x\r", "separated by commas;")]
    public void Read_SeparatorsAndLineEnds_AreFoundAndSaid(string content, string said)
    {
        var (utterances, _, account) = Read("a.csv", content);

        Assert.Equal(("a,b", "x"), (Assert.Single(utterances).Text, utterances[0].Single["intent"]));
        Assert.Contains(said, account.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ColumnOfRowNumbersWithoutAName_IsLeftOutAndNoted()
    {
        var notes = new List<string>();
        var path = _folder.Write("a.csv", ",text,intent\n0,a,x\n1,b,y\n");

        Assert.Equal(["a", "b"], DataFile.Read(path, notes: notes).Select(u => u.Text));
        Assert.Contains("a column without a name is left out (number 1)", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SpaceBeforeAQuote_IsABadRow()
    {
        var (_, bad, _) = Read("a.csv", "text,intent\na, \"x\"\nb,y\n");

        Assert.Contains("a space stands before an opening quote", Assert.Single(bad).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SyntaxErrorInAnArray_GoesOnWithTheNextObject()
    {
        var (utterances, bad, _) = Read("a.json",
            "[\n{\"text\":\"a\",\"i\":\"x\"},\n{\"text\":\"b\" \"i\":\"y\"},\n{\"text\":\"c\",\"i\":\"x\"}\n"
            + "{\"text\":\"d\",\"i\":\"y\"}\n]\n");

        Assert.Equal(["a", "d"], utterances.Select(u => u.Text));
        Assert.Equal([3, 4], bad.Select(row => row.Line));
    }

    [Theory]
    [InlineData("[{\"text\":\"a\",\"i\":\"x\"},\n{\"text\":\"b\",\"i\":\"y\"}", "']' is missing")]
    [InlineData("[{\"text\":\"a\",\"i\":\"x\"},\n{\"text\":\"b\",\"i\":\"y\"}]\n[{\"text\":\"c\"}]", "the array has ended before")]
    public void Read_ArrayThatEndsElsewhere_IsSaid(string content, string said)
    {
        var (utterances, bad, _) = Read("a.json", content);

        Assert.Equal(2, utterances.Count);
        Assert.Contains(said, Assert.Single(bad).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomCsvOfACorrectWriter_ComesBackExactly()
    {
        var random = new SeededRandom(23);
        string[] parts = ["\"", "\"\"", ",", ";", "\t", "\r", "\n", "\r\n", "a", "退款", "😀", " ", "'", "=", "|"];
        for (var file = 0; file < 1500; file++)
        {
            var separator = ",;\t"[random.Next(3)];
            var end = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
            var quoteAll = random.Next(3) == 0;
            string Cell(string value) => quoteAll || value.AsSpan().IndexOfAny([separator, '"', '\r', '\n', ' ']) >= 0
                ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                : value;
            string Value(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => parts[random.Next(parts.Length)]));
            var rows = Enumerable.Range(0, 1 + random.Next(12))
                .Select(i => new[] { $"t{i}{Value(7)}", $"c{Value(5)}", $"x{i % 2}" }).ToArray();
            var content = string.Join(separator, new[] { "text", "context", "intent" }.Select(Cell)) + end
                + string.Join(end, rows.Select(row => string.Join(separator, row.Select(Cell)))) + (random.Next(2) == 0 ? end : "");
            byte[] bytes = [.. random.Next(2) == 0 ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes(content)];

            var (utterances, bad, account) = Read("a.csv", bytes);

            Assert.Empty(bad);
            Assert.Equal(rows.Select(row => (row[0], row[1], row[2])), utterances.Select(u => (u.Text, u.Context!, u.Single["intent"])));
            Assert.Equal(rows.Length, account.Rows);
        }
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.tsv")]
    [InlineData("a.jsonl")]
    [InlineData("a.json")]
    public void Read_MutatedBytes_EveryRowIsAnUtteranceOrABadRow(string name)
    {
        var random = new SeededRandom(7);
        byte[] splices = [.. "\"\"\r\n\r,\t;[]{}:\\"u8, 0, 0xFF, 0xC3, 0xE5, 0xEF, 0xBB, 0xBF, 0x80];
        for (var file = 0; file < 1000; file++)
        {
            var rows = Enumerable.Range(0, 12).Select(i => name switch
            {
                "a.csv" => i % 3 == 0 ? $"\"第{i}句,好\"\"的\"\"\",\"x\n{i}\"" : $"第{i}句,x",
                "a.tsv" => $"第{i}句\tx",
                _ => $"{{\"text\":\"第{i}句😀\",\"intent\":\"x\",\"entities\":[{{\"label\":\"A\",\"start\":0,\"end\":1}}]}}",
            });
            var content = name switch
            {
                "a.json" => $"[{string.Join(",\n", rows)}]",
                "a.jsonl" => string.Join('\n', rows),
                _ => $"text{(name == "a.csv" ? ',' : '\t')}intent\n" + string.Join('\n', rows),
            };
            var bytes = Encoding.UTF8.GetBytes(content).ToList();
            var mutations = 1 + random.Next(4);
            for (var i = 0; i < mutations; i++)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(2) == 0) bytes[at] = splices[random.Next(splices.Length)];
                else if (random.Next(2) == 0) bytes.RemoveAt(at);
                else bytes.Insert(at, splices[random.Next(splices.Length)]);
            }

            var bad = new List<BadRow>();
            var accounts = new List<FileAccount>();
            var path = _folder.Write(name, [.. bytes]);
            var notes = new List<string>();
            try
            {
                var found = DataFile.ReadRows(path, new DataReadOptions(), notes).Rows.Count;
                var utterances = DataFile.Read(path, new DataReadOptions { BadRows = bad, Accounts = accounts }, notes);
                Assert.Equal(found, utterances.Count + bad.Count);
                Assert.Equal((utterances.Count, bad.Count), (accounts[0].Utterances, accounts[0].BadRows));
                // A lost line end makes one row of two; a quote that another closes may do so with three.
                Assert.True(found >= 12 - (2 * mutations), $"{found} of 12 after {mutations}: {Encoding.UTF8.GetString([.. bytes])}");
            }
            catch (DataException refused)
            {
                Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            }
        }
    }

    private (IReadOnlyList<LabelledUtterance> Utterances, List<BadRow> Bad, FileAccount Account) Read(string name, string content) =>
        Read(name, Encoding.UTF8.GetBytes(content));

    private (IReadOnlyList<LabelledUtterance> Utterances, List<BadRow> Bad, FileAccount Account) Read(string name, byte[] content)
    {
        var bad = new List<BadRow>();
        var utterances = DataFile.Read(_folder.Write(name, content), new DataReadOptions { BadRows = bad }, [], out var account);
        Assert.Equal(account.Rows, utterances.Count + bad.Count);
        return (utterances, bad, account);
    }
}
