using Edge.Bundle.Tests.Support;
using Edge.Bundles.Masking;
using FsCheck;

namespace Edge.Bundle.Tests.Masking;

public sealed class MaskingProperties
{
    private static readonly PersonalDataMasker Masker = new("a key that only tests use"u8);

    private static readonly Gen<string> Utterances = Texts.With(
        "13812345678", "138-1234-5678", "010-62345678", "555-234-5678", "幺三八零零幺二三四五六", "11010519491231002X", "440524188001010014",
        "6222020200112233445", "4111 1111 1111 1111", "zhang@example.com", "京A12345", "粤AD12345", "中山路88号", "302室", "5号楼", "三单元",
        "221 Baker Street", "apt 4", "U2942", "订单", "电话", " ", ",", "1", "6", "Ａ", "８", "号", "X", "-", "@", ".");

    [Fact]
    public void Mask_AnyText_KeepsLengthAndEverythingElse() => Properties.ForAll(Utterances, text =>
    {
        var masked = Masker.Mask(text);

        Assert.Equal(text.Length, masked.Text.Length);
        var end = 0;
        foreach (var item in masked.Items)
        {
            Assert.Equal(text[end..item.Start], masked.Text[end..item.Start]);
            Assert.InRange(item.End, item.Start + 1, text.Length);
            end = item.End;
        }

        Assert.Equal(text[end..], masked.Text[end..]);
    });

    [Fact]
    public void Mask_AnyText_NoOriginalStaysInItsPlace() => Properties.ForAll(Utterances, text =>
    {
        var masked = Masker.Mask(text);

        foreach (var item in masked.Items)
        {
            var original = text[item.Start..item.End];
            Assert.NotEqual(original, masked.Text[item.Start..item.End]);

            // A number glued to more digits is none of the known forms and stays; no substitute may bring an original back.
            for (var at = original.Length < 7 ? -1 : Find(0); at >= 0; at = Find(at + 1))
                Assert.DoesNotContain(masked.Items, other => other.Start < at + original.Length && at < other.End);

            int Find(int from) => masked.Text.IndexOf(original, from, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Mask_Masked_FindsTheSameKindsInTheSamePlaces() => Properties.ForAll(Utterances, text =>
    {
        var masked = Masker.Mask(text);

        Assert.Equal(masked.Items, Masker.Mask(masked.Text).Items);
    });

    [Fact]
    public void Mask_AnyText_KeepsTheFormOfEveryCharacter() => Properties.ForAll(Utterances, text =>
    {
        var masked = Masker.Mask(text).Text;

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == masked[i])
                continue;
            Assert.Equal(char.GetUnicodeCategory(text[i]), char.GetUnicodeCategory(masked[i]));
            Assert.Equal(char.IsAscii(text[i]), char.IsAscii(masked[i]));
        }
    });
}
