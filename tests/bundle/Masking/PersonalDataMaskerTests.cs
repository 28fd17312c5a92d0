using Edge.Bundles.Masking;

namespace Edge.Bundle.Tests.Masking;

public sealed class PersonalDataMaskerTests
{
    private static readonly PersonalDataMasker Masker = new("a key that only tests use"u8);

    [Theory]
    // Telephone numbers.
    [InlineData("我手机13812345678打这个", "13812345678", PersonalDataKind.Phone)]
    [InlineData("138-1234-5678", "138-1234-5678", PersonalDataKind.Phone)]
    [InlineData("打138 1234 5678吧", "138 1234 5678", PersonalDataKind.Phone)]
    [InlineData("+86 13812345678", "+86 13812345678", PersonalDataKind.Phone)]
    [InlineData("８６１３８１２３４５６７８", "８６１３８１２３４５６７８", PersonalDataKind.Phone)]
    [InlineData("电话１３８１２３４５６７８。", "１３８１２３４５６７８", PersonalDataKind.Phone)]
    [InlineData("座机010-62345678", "010-62345678", PersonalDataKind.Phone)]
    [InlineData("(0571)8765 4321", "(0571)8765 4321", PersonalDataKind.Phone)]
    [InlineData("我电话是62345678", "62345678", PersonalDataKind.Phone)]
    [InlineData("call me at 555-234-5678 please", "555-234-5678", PersonalDataKind.Phone)]
    [InlineData("(555) 234-5678", "(555) 234-5678", PersonalDataKind.Phone)]
    [InlineData("+1 555 234 5678", "+1 555 234 5678", PersonalDataKind.Phone)]
    [InlineData("my phone number is 5552345678", "5552345678", PersonalDataKind.Phone)]
    [InlineData("+44 20 7946 0958", "+44 20 7946 0958", PersonalDataKind.Phone)]
    [InlineData("电话幺三八零零幺二三四五六", "幺三八零零幺二三四五六", PersonalDataKind.Phone)]
    [InlineData("一三八 零零一二 三四五六", "一三八 零零一二 三四五六", PersonalDataKind.Phone)]
    [InlineData("幺38零零幺二3456", "幺38零零幺二3456", PersonalDataKind.Phone)]
    // Cards.
    [InlineData("身份证11010519491231002X", "11010519491231002X", PersonalDataKind.IdentityCard)]
    [InlineData("440524 18800101 0014", "440524 18800101 0014", PersonalDataKind.IdentityCard)]
    [InlineData("１１０１０５１９４９１２３１００２ｘ", "１１０１０５１９４９１２３１００２ｘ", PersonalDataKind.IdentityCard)]
    [InlineData("110105199003071230", "110105199003071230", PersonalDataKind.IdentityCard)] // wrong check character: misheard
    [InlineData("一一零一零五一九四九一二三一零零二X", "一一零一零五一九四九一二三一零零二X", PersonalDataKind.IdentityCard)]
    [InlineData("卡号6222020200112233445", "6222020200112233445", PersonalDataKind.BankCard)]
    [InlineData("6217 0012 1002 4455 667", "6217 0012 1002 4455 667", PersonalDataKind.BankCard)]
    [InlineData("visa 4111 1111 1111 1111", "4111 1111 1111 1111", PersonalDataKind.BankCard)]
    [InlineData("5500-0000-0000-0004", "5500-0000-0000-0004", PersonalDataKind.BankCard)]
    [InlineData("amex 3782 822463 10005", "3782 822463 10005", PersonalDataKind.BankCard)]
    // E-mail.
    [InlineData("邮箱zhang.san_88@example.com.cn谢谢", "zhang.san_88@example.com.cn", PersonalDataKind.Email)]
    [InlineData("write to J.Doe+shop@mail.example.org.", "J.Doe+shop@mail.example.org", PersonalDataKind.Email)]
    // Plates.
    [InlineData("车牌京A12345", "京A12345", PersonalDataKind.Plate)]
    [InlineData("沪b·88k66违章", "沪b·88k66", PersonalDataKind.Plate)]
    [InlineData("粤AD12345的车", "粤AD12345", PersonalDataKind.Plate)]
    [InlineData("苏E12345F", "苏E12345F", PersonalDataKind.Plate)]
    [InlineData("鲁Q1234学", "鲁Q1234学", PersonalDataKind.Plate)]
    // Addresses.
    [InlineData("中山路88号", "88", PersonalDataKind.AddressNumber)]
    [InlineData("送到302室", "302", PersonalDataKind.AddressNumber)]
    [InlineData("住12栋", "12", PersonalDataKind.AddressNumber)]
    [InlineData("三单元", "三", PersonalDataKind.AddressNumber)]
    [InlineData("５号楼", "５", PersonalDataKind.AddressNumber)]
    [InlineData("科技园A座十楼", "十", PersonalDataKind.AddressNumber)]
    [InlineData("ship it to 221 Baker Street", "221", PersonalDataKind.AddressNumber)]
    [InlineData("1600 n main st", "1600", PersonalDataKind.AddressNumber)]
    [InlineData("apt 4", "4", PersonalDataKind.AddressNumber)]
    public void Mask_OneItem_IsReplacedByOneOfItsKind(string text, string personal, PersonalDataKind kind)
    {
        var masked = Masker.Mask(text);

        var item = Assert.Single(masked.Items);
        var start = text.IndexOf(personal, StringComparison.Ordinal);
        Assert.Equal(new MaskedItem(kind, start, start + personal.Length), item);
        Assert.Equal(text.Length, masked.Text.Length);
        Assert.Equal((text[..start], text[item.End..]), (masked.Text[..start], masked.Text[item.End..]));
        Assert.DoesNotContain(personal, masked.Text, StringComparison.Ordinal);
        Assert.Equal(masked.Items, Masker.Mask(masked.Text).Items);
    }

    [Theory]
    [InlineData("帮我查一下订单U2942,怎么还没到,气死我了")]
    [InlineData("order AB12345678 and X99")]
    [InlineData("订单号20261122000123")]
    [InlineData("今天11月5号,坐2号线,排到3号")]
    [InlineData("2026-11-22 10:30:00")]
    [InlineData("优惠100块,满299减50,3.14")]
    [InlineData("二零二六年十一月二十二日")]
    [InlineData("转到10086,或者12315")]
    [InlineData("我要2个iphone15")]
    [InlineData("i need 2 items by tomorrow")]
    [InlineData("三楼上面有人")]
    [InlineData("@me, #1, a@b")]
    [InlineData("")]
    public void Mask_NothingPersonal_StaysAsItIs(string text)
    {
        var masked = Masker.Mask(text);

        Assert.Equal(text, masked.Text);
        Assert.Empty(masked.Items);
    }

    [Fact]
    public void Mask_WholeAddress_KeepsTheStreet()
    {
        var masked = Masker.Mask("寄到朝阳区建国路93号院5号楼三单元1202室,电话13812345678").Text;

        Assert.Matches("^寄到朝阳区建国路[1-9][0-9]号院[1-9]号楼[一二三四五六七八九]单元[1-9][0-9]{3}室,电话1[3-9][0-9]{9}$", masked);
    }

    [Fact]
    public void Mask_Cards_SubstitutesHaveRightCheckCharacters()
    {
        var identity = Masker.Mask("11010519491231002X").Text;
        var bank = Masker.Mask("6222020200112233445").Text;

        Assert.EndsWith("X", identity, StringComparison.Ordinal);
        Assert.Equal(10, CheckDigits.IdentityCheck(Substitutes.DigitsOf(identity)));
        Assert.StartsWith("62", bank, StringComparison.Ordinal);
        Assert.Equal(0, CheckDigits.Luhn(Substitutes.DigitsOf(bank)));
    }

    [Fact]
    public void Mask_SameKey_GivesTheSameSubstitute()
    {
        PersonalDataMasker same = new("a key that only tests use"u8);
        PersonalDataMasker other = new("another key that tests use"u8);
        const string text = "13812345678和13812345678";

        var masked = Masker.Mask(text).Text;

        Assert.Equal(masked[..11], masked[12..]);
        Assert.Equal(masked, same.Mask(text).Text);
        Assert.NotEqual(masked, other.Mask(text).Text);
        Assert.NotEqual(new PersonalDataMasker().Mask(text).Text, new PersonalDataMasker().Mask(text).Text);
    }

    [Fact]
    public void Mask_SpokenDigits_StaySpoken() => Assert.Matches("^[零幺二三四五六七八九]{11}$", Masker.Mask("幺三八零零幺三八零零零").Text.Replace('一', '幺'));

    [Theory]
    [InlineData("1")]
    [InlineData("a.")]
    [InlineData("12 ")]
    [InlineData("一")]
    [InlineData("a@")]
    [InlineData("路1")]
    [InlineData("1 a ")]
    public async Task Mask_LongInput_TakesLinearTime(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 100_000 / repeated.Length));

        // Quadratic time would be minutes; this is a second at most.
        var masked = await Task.Run(() => Masker.Mask(text)).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(text.Length, masked.Text.Length);
    }

    [Fact]
    public void Create_ShortKey_IsRefused() => Assert.Throws<ArgumentException>(() => new PersonalDataMasker("short"u8));
}
