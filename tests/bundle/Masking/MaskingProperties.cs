using Edge.Bundle.Tests.Support;
using Edge.Bundles.Decoding;
using Edge.Bundles.Masking;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Bundle.Tests.Masking;

public sealed class MaskingProperties
{
    private static readonly PersonalDataMasker Masker = new("a key that only tests use"u8);

    private static readonly string[] Written =
    [
        "13812345678", "138-1234-5678", "010-62345678", "555-234-5678", "幺三八零零幺二三四五六", "11010519491231002X", "440524188001010014",
        "6222020200112233445", "4111 1111 1111 1111", "zhang@example.com", "京A12345", "粤AD12345", "中山路88号", "302室", "5号楼", "三单元",
        "221 Baker Street", "apt 4", "U2942", "订单", "电话", " ", ",", "1", "6", "Ａ", "８", "号", "X", "-", "@", ".",
    ];

    private static readonly Gen<string> Utterances = Texts.With(Written);

    // Forms whose substitutes may be longer or shorter.
    private static readonly Gen<string> Spoken = Texts.With([
        .. Written, "one three eight ", "double five ", "Triple Eight ", "oh ", "twenty two ", "eight hundred ", "三个八", "1️⃣3️⃣8️⃣",
            "①③⑧", "𝟏𝟑𝟖", "，嗯", "壹叁捌",
        "zhang艾特163点com", "john at gmail dot com", "my number is ", "张三", "Smith",
    ]);

    private static readonly string[] Labels = ["PERSON", "PHONE", "ADDRESS", "ID", "EMAIL", "ORDER_NUMBER", "DATE"];

    private static readonly Gen<(string Text, EntitySpan[] Spans)> WithSpans =
        from text in Spoken
        from cuts in Gen.Choose(0, 1000).ListOf()
        from labels in Gen.Elements(Labels).ListOf()
        select (text, SpansAt(text, [.. cuts], [.. labels]));

    [Fact]
    public void Mask_AnyText_KeepsEverythingElse() => Properties.ForAll(Spoken, text =>
    {
        var masked = Masker.Mask(text);

        var (end, there) = (0, 0);
        foreach (var item in masked.Items)
        {
            Assert.InRange(item.End, item.Start + 1, text.Length);
            var (start, stop) = masked.Place(item.Start, item.End);
            Assert.Equal(text[end..item.Start], masked.Text[there..start]);
            (end, there) = (item.End, stop);
        }

        Assert.Equal(text[end..], masked.Text[there..]);
    });

    [Fact]
    public void Mask_AnyText_NoOriginalStaysInItsPlace() => Properties.ForAll(Utterances, text =>
    {
        var masked = Masker.Mask(text);

        foreach (var item in masked.Items)
        {
            var original = text[item.Start..item.End];
            var (start, end) = masked.Place(item.Start, item.End);
            Assert.NotEqual(original, masked.Text[start..end]);

            // A number glued to more digits is none of the known forms and stays; no substitute may bring an original back.
            for (var at = original.Length < 7 ? -1 : Find(0); at >= 0; at = Find(at + 1))
                Assert.DoesNotContain(masked.Items, other => masked.Place(other.Start) < at + original.Length
                    && at < masked.Place(other.End));

            int Find(int from) => masked.Text.IndexOf(original, from, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Mask_Masked_FindsTheSameKindsInTheSamePlaces() => Properties.ForAll(Utterances, text =>
    {
        var masked = Masker.Mask(text);

        var moved = masked.Items.Select(item => item with { Start = masked.Place(item.Start), End = masked.Place(item.End) });
        Assert.Equal(moved, Masker.Mask(masked.Text).Items);
    });

    [Fact]
    public void Mask_AnyText_KeepsTheFormOfEveryCharacter() => Properties.ForAll(Utterances, text =>
    {
        var masked = Masker.Mask(text);

        for (var i = 0; i < text.Length; i++)
        {
            var other = masked.Text[masked.Place(i)];
            if (text[i] == other)
                continue;
            Assert.Equal(char.GetUnicodeCategory(text[i]), char.GetUnicodeCategory(other));
            Assert.Equal(char.IsAscii(text[i]), char.IsAscii(other));
        }
    });

    [Fact]
    public void Mask_AnySpans_StayInOrderAndOnTheirText() => Properties.ForAll(WithSpans, made =>
    {
        var (text, spans) = made;
        var masked = Masker.Mask(text, spans);

        Assert.Equal((0, masked.Text.Length), masked.Place(0, text.Length));
        for (var at = 0; at < text.Length; at++)
            Assert.True(masked.Place(at) <= masked.Place(at + 1));
        foreach (var span in spans)
        {
            var (start, end) = masked.Place(span.Start, span.End);
            if (!masked.Items.Any(item => item.Start < span.End && span.Start < item.End))
                Assert.Equal(text[span.Start..span.End], masked.Text[start..end]);
            else if (PersonalLabels.KindOf(span.Label) is not null)
                Assert.All(
                    Enumerable.Range(span.Start, span.End - span.Start), at =>
                        Assert.Contains(masked.Items, item => item.Start <= at && at < item.End));
        }
    });

    private static EntitySpan[] SpansAt(string text, int[] cuts, string[] labels)
    {
        var places = cuts.Select(cut => cut % (text.Length + 1)).Distinct().Order().ToList();
        List<EntitySpan> spans = [];
        for (var i = 0; i + 1 < places.Count && i / 2 < labels.Length; i += 2)
            spans.Add(new EntitySpan(labels[i / 2], places[i], places[i + 1]));
        return [.. spans];
    }
}
