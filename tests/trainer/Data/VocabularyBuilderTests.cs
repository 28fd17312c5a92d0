using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Tests.Data;

public class VocabularyBuilderTests
{
    private static readonly TokenizerSettings Settings = new();

    [Fact]
    public void Build_Chinese_HasEveryCharacterOnce()
    {
        var pieces = VocabularyBuilder.Build(["订单U2942还没到", "订单呢"], Settings);

        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], pieces.Take(5));
        foreach (var piece in new[] { "订", "单", "还", "没", "到", "呢", "u", "##2", "##u", "，" }) Assert.Contains(piece, pieces);
        Assert.DoesNotContain("##订", pieces);
        Assert.Equal(pieces.Count, pieces.Distinct().Count());
    }

    [Fact]
    public void Build_English_HasFrequentWordsAndSharedPieces()
    {
        var pieces = VocabularyBuilder.Build(["refund order", "refund the order", "refunding reordering"], Settings);

        foreach (var piece in new[] { "refund", "order", "re" }) Assert.Contains(piece, pieces);
        Assert.Contains("##ing", pieces);
        Assert.DoesNotContain("refunding", pieces);
    }

    [Fact]
    public void Build_SameTexts_GiveTheSamePieces()
    {
        string[] texts = ["the cat sat", "the mat sat", "cats and mats"];

        Assert.Equal(VocabularyBuilder.Build(texts, Settings), VocabularyBuilder.Build(texts.Reverse(), Settings));
    }

    [Fact]
    public void Build_Size_IsKept() =>
        Assert.Equal(220,
            VocabularyBuilder.Build(
                Enumerable.Range(0, 500).Select(i => $"word{i * 7919} {(char)('一' + i)}"), Settings, new() { Size = 220 }).Count);

    [Fact]
    public void Build_Atis_CoversTheTrainingTexts()
    {
        var texts = DataFolder.Read(SharedData.Folder("atis")).Train.Select(u => u.Text).ToArray();

        var pieces = VocabularyBuilder.Build(texts, Settings);

        Assert.InRange(pieces.Count, 900, 8000);
        Assert.Contains("baltimore", pieces);
    }

    [Theory]
    [InlineData("我要查一下我的订单", null)]
    [InlineData("I would like to know what this is, please", null)]
    [InlineData("注文をキャンセルしたいのですが", false)]
    [InlineData("환불하고 싶어요", false)]
    [InlineData("где мой заказ", false)]
    public void SettingsFor_ALanguage_KeepsAccentsThatTellWordsApart(string text, bool? stripAccents) =>
        Assert.Equal(stripAccents, VocabularyBuilder.SettingsFor([text], null).StripAccents);

    [Fact]
    public void SettingsFor_Vietnamese_KeepsTones()
    {
        string[] texts = ["tôi muốn hủy đơn hàng của tôi", "khi nào tôi nhận được tiền hoàn lại",
            "cho tôi hỏi giá vé đi Hà Nội ngày mai",
            "tôi cần đổi mật khẩu tài khoản ngân hàng", "xin chào tôi muốn nói chuyện với nhân viên",
            "hôm nay thời tiết ở Sài Gòn thế nào vậy", "vì sao hóa đơn tháng này của tôi lại cao như vậy"];

        var settings = VocabularyBuilder.SettingsFor(texts, null);

        Assert.False(settings.StripAccents);
        Assert.Contains("hủy", VocabularyBuilder.Build([.. texts, .. texts], settings, new VocabularyOptions { MinWordCount = 1 }));
    }
}
