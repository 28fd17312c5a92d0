using System.Text;
using Edge.Bundles.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data.Reading;

public sealed class OffsetsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OffsetUnit.CodePoints, "codepoints")]
    [InlineData(OffsetUnit.Bytes, "bytes")]
    public void Read_OffsetsInAnotherUnit_AreNamedAndConvertedWhenAsked(object unit, string name)
    {
        var path = Write((OffsetUnit)unit);

        var refused = Assert.Throws<BadRowsException>(() => DataFile.Read(path));
        var read = DataFile.Read(path, new DataReadOptions { Offsets = OffsetUnits.Parse(name) });

        Assert.All(refused.Rows, row => Assert.Contains($"--offsets {name} converts them", row.Reason, StringComparison.Ordinal));
        Assert.All(read, utterance => Assert.StartsWith("U29", Slice(utterance), StringComparison.Ordinal));
        Assert.All(read, utterance => Assert.Equal(6, Slice(utterance).Length));
    }

    [Fact]
    public void Read_Utf16Offsets_AreTakenAsTheyStand()
    {
        Assert.All(DataFile.Read(Write(OffsetUnit.Utf16), null, _notes), utterance => Assert.Equal(6, Slice(utterance).Length));
        Assert.Empty(_notes);
    }

    [Fact]
    public void Read_OneWrongSpanAmongRightOnes_DoesNotChangeTheUnit()
    {
        var path = Write(OffsetUnit.Utf16);
        File.AppendAllText(path, "{\"text\":\"😀a\",\"e\":[{\"label\":\"A\",\"start\":1,\"end\":2}]}\n");

        Assert.DoesNotContain("--offsets", Assert.Single(Assert.Throws<BadRowsException>(() => DataFile.Read(path)).Rows).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnknownUnit_SaysWhichThereAre() =>
        Assert.Contains("use codepoints, bytes or utf16", Assert.Throws<UserException>(() => OffsetUnits.Parse("chars")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("text")]
    [InlineData("value")]
    public void Read_SpanWhoseOwnTextIsAnother_IsABadRow(string key)
    {
        var path = _folder.Write("a.jsonl",
            $"{{\"text\":\"我要订单U2942\",\"e\":[{{\"label\":\"O\",\"start\":4,\"end\":8,\"{key}\":\"U2942\"}}]}}\n"
            + $"{{\"text\":\"订单U2942\",\"e\":[{{\"label\":\"O\",\"start\":2,\"end\":7,\"{key}\":\"u2942 \"}}]}}\n");

        var bad = Assert.Single(Assert.Throws<BadRowsException>(() => DataFile.Read(path)).Rows);

        Assert.Contains("O 4..8 is 'U294', but says of itself that it is 'U2942'; the end is one too small", bad.Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("to baltimore airport", 3, 8, "begin or end within a word or a number")]
    [InlineData("订单29421号", 2, 5, "begin or end within a word or a number")]
    [InlineData("去 北京", 1, 4, "begin or end with a space")]
    [InlineData("去北京，谢谢", 1, 4, "begin or end with a punctuation mark")]
    public void Read_SpanThatNoModelWouldGive_IsCountedAndShown(string text, int start, int end, string said)
    {
        var path = _folder.Write("a.jsonl", $"{{\"text\":\"{text}\",\"e\":[{{\"label\":\"O\",\"start\":{start},\"end\":{end}}}]}}\n");

        Assert.Single(DataFile.Read(path, null, _notes));
        Assert.Contains($"e: 1 span {said}", Assert.Single(_notes), StringComparison.Ordinal);
        Assert.Contains($"a.jsonl:1 O '{text[start..end]}'", _notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InclusiveEnds_AreSuspected()
    {
        var path = _folder.Write("a.jsonl", string.Concat(Enumerable.Range(10, 5).Select(i =>
            $"{{\"text\":\"订单{i}00号\",\"e\":[{{\"label\":\"O\",\"start\":2,\"end\":5}}]}}\n")));

        DataFile.Read(path, null, _notes);

        Assert.Contains("All would be whole with an end one further", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a😀b", 2, OffsetUnit.CodePoints, 3)]
    [InlineData("a😀b", 5, OffsetUnit.Bytes, 3)]
    [InlineData("a😀b", 3, OffsetUnit.Bytes, -1)]
    [InlineData("订单", 2, OffsetUnit.Bytes, -1)]
    [InlineData("订单", 6, OffsetUnit.Bytes, 2)]
    [InlineData("订单", 7, OffsetUnit.Bytes, -1)]
    [InlineData("订单", 3, OffsetUnit.CodePoints, -1)]
    [InlineData("订单", -1, OffsetUnit.CodePoints, -1)]
    [InlineData("订单", -1, OffsetUnit.Utf16, -1)]
    public void ToUtf16_OtherUnits_FindsThePlaceOrNone(string text, int offset, object unit, int expected) =>
        Assert.Equal(expected, OffsetUnits.ToUtf16(text, offset, (OffsetUnit)unit));

    private static string Slice(LabelledUtterance utterance) =>
        utterance.Spans["e"][0] is var span ? utterance.Text[span.Start..span.End] : "";

    private string Write(OffsetUnit unit) => _folder.Write("a.jsonl", string.Concat(Enumerable.Range(0, 12).Select(i =>
    {
        var before = i % 3 == 0 ? "订单" : i % 3 == 1 ? "😀我的𠮷订单" : "order ";
        var number = $"U29{100 + i}";
        int Count(string part) => unit switch
        {
            OffsetUnit.Bytes => Encoding.UTF8.GetByteCount(part),
            OffsetUnit.CodePoints => part.EnumerateRunes().Count(),
            _ => part.Length,
        };
        var (start, end) = (Count(before), Count(before + number));
        return $"{{\"text\":\"{before}{number}号\",\"e\":[{{\"label\":\"O\",\"start\":{start},\"end\":{end}}}]}}\n";
    })));
}
