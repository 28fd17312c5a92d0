using Edge.Bundles.Decoding;
using Edge.Bundles.Masking;

namespace Edge.Bundle.Tests.Masking;

/// <summary>What a model found is masked, and what is masked can be found again.</summary>
public sealed class MaskedSpansTests
{
    private static readonly PersonalDataMasker Masker = new("a key that only tests use"u8);

    [Theory]
    [InlineData("我叫张三", "张三", "PERSON", "^我叫[^张三]{2}$")]
    [InlineData("我叫王先生", "王先生", "姓名", "^我叫[^王]先生$")]
    [InlineData("我叫欧阳娜娜", "欧阳娜娜", "per", "^我叫\\p{L}{4}$")]
    [InlineData("I'm John Smith", "John Smith", "Name", "^I'm [A-Z][a-z]+ [A-Z][a-z]+$")]
    [InlineData("i'm mr smith", "mr smith", "PERSON_NAME", "^i'm mr [a-z]+$")]
    [InlineData("寄到翡翠湾旁边的保利花园", "翡翠湾旁边的保利花园", "ADDRESS", "^寄到\\p{L}{2}湾旁边的\\p{L}{2}花园$")]
    [InlineData("尾号5678的卡", "5678", "PHONE_NUMBER", "^尾号[0-9]{4}的卡$")]
    [InlineData("号是三三四四", "三三四四", "contact.phone", "^号是[零一二三四五六七八九]{4}$")]
    [InlineData("my id is AB 99", "AB 99", "ID", "^my id is [A-Z]{2} [0-9]{2}$")]
    [InlineData("写给zhang at某公司", "zhang at某公司", "邮箱", "^写给[a-z]{5} at某公司$")]
    public void Mask_ModelsSpan_IsReplacedInItsForm(string text, string found, string label, string expected)
    {
        var start = text.IndexOf(found, StringComparison.Ordinal);
        EntitySpan span = new(label, start, start + found.Length);

        var masked = Masker.Mask(text, [span]);

        Assert.Matches(expected, masked.Text);
        Assert.NotEqual(text, masked.Text);
        Assert.Equal(text, Masker.Mask(text).Text); // the rules alone do not know it
        Assert.Equal(text[..start], masked.Text[..masked.Place(start)]);
    }

    [Theory]
    [InlineData("ORDER_NUMBER")]
    [InlineData("LOC")]
    [InlineData("PRODUCT_NAME")]
    [InlineData("ORDER_ID")]
    [InlineData("toloc.city_name")]
    public void Mask_SpanThatNamesNothingPersonal_Stays(string label) =>
        Assert.Equal("订单U2942", Masker.Mask("订单U2942", [new EntitySpan(label, 2, 7)]).Text);

    [Fact]
    public void Mask_NameSaidTwiceAndFoundOnce_IsReplacedTwiceByTheSame()
    {
        var masked = Masker.Mask("我是张三，对，张三", [new EntitySpan("PERSON", 2, 4)]).Text;

        Assert.DoesNotContain("张三", masked, StringComparison.Ordinal);
        Assert.Equal(masked[2..4], masked[7..9]);
    }

    [Fact]
    public void Mask_SpanAroundWhatTheRulesFind_IsOneItem()
    {
        const string text = "寄到建国路88号5号楼302室，电话13812345678";
        var masked = Masker.Mask(text, [new EntitySpan("ADDRESS", 2, 15), new EntitySpan("PHONE", 21, 29)]);

        Assert.Equal([(PersonalDataKind.Address, 2, 15), (PersonalDataKind.Phone, 18, 29)],
            masked.Items.Select(item => (item.Kind, item.Start, item.End)));
        Assert.Matches("^寄到\\p{L}{2}路[0-9]{2}号[0-9]号楼[0-9]{3}室，电话1[0-9]{10}$", masked.Text);
    }

    [Fact]
    public void Place_SubstituteOfAnotherLength_MovesWhatFollows()
    {
        const string text = "call one three eight one two three four five six seven eight about order U2942";
        var masked = Masker.Mask(text);
        var order = text.IndexOf("U2942", StringComparison.Ordinal);

        var (start, end) = masked.Place(order, order + 5);

        Assert.NotEqual(text.Length, masked.Text.Length);
        Assert.Equal("U2942", masked.Text[start..end]);
        Assert.Matches("^call one( (zero|one|two|three|four|five|six|seven|eight|nine)){10} about order U2942$", masked.Text);
    }

    [Theory]
    [InlineData("138 1234 5678", "幺三八幺二三四五六七八")]
    [InlineData("13812345678", "one three eight one two three four five six seven eight")]
    public void Mask_OneNumberInTwoForms_HasOneSubstitute(string one, string other)
    {
        Assert.Equal(Digits(one), Digits(other));

        static string Digits(string text) =>
            string.Concat(Normalizer.Normalize(Masker.Mask(text).Text).Text.Where(char.IsAsciiDigit));
    }

    [Theory]
    [InlineData("打三个八幺二三四五六七的座机", "^打[零幺一二三四五六七八九]个")]
    [InlineData("手机一三八三个八一二三四五", "^手机一[零一二三四五六七八九]{2}三个[零一二三四五六七八九]{6}$")]
    [InlineData("my number is five five five double three triple two oh one",
        "^my number is ([a-z]+ ){3}double [a-z]+ triple [a-z]+ [a-z]+ [a-z]+$")]
    [InlineData("手机1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "^手机([0-9]\uFE0F\u20E3){11}$")]
    [InlineData("手机𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "^手机(\\uD835[\\uDFCE-\\uDFD7]){11}$")]
    [InlineData("手机壹叁捌壹贰叁肆伍陆柒捌", "^手机[零壹贰叁肆伍陆柒捌玖]{11}$")]
    public void Mask_SpokenForm_StaysInItsForm(string text, string expected) => Assert.Matches(expected, Masker.Mask(text).Text);

    [Fact]
    public void Labels_OfTheDocument_AreThoseOfTheList()
    {
        var document = File.ReadAllText(Path.Combine(Support.Repository.Root, "docs/guide/personal-data.md"));

        Assert.All(PersonalLabels.All, label => Assert.Contains($"`{label}`", document, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0 ")]
    [InlineData("1")]
    [InlineData("8 6 ")]
    [InlineData("00 ")]
    [InlineData("+1")]
    [InlineData("+86 138")]
    [InlineData("01 23 45 ")]
    [InlineData("1-")]
    [InlineData("4111 1111 1111 1111 ")]
    [InlineData("电话1 2 3 4 5 6 7 8 9 ")]
    [InlineData("订单 1 3 8 1 2 3 4 ")]
    [InlineData("a.")]
    [InlineData("a at ")]
    [InlineData("a b c 1 2 3 ")]
    [InlineData("j dot ")]
    [InlineData("1 a b ")]
    [InlineData("one two ")]
    [InlineData("double three ")]
    [InlineData("三个八")]
    [InlineData("京A")]
    [InlineData("京A 1 ")]
    [InlineData("十百路5号")]
    [InlineData("生日1990 ")]
    [InlineData("嗯1")]
    public void Mask_LongestInput_IsQuick(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 2_000 / repeated.Length));
        Masker.Mask(text); // compiles

        // The best of some, and ten times what it takes: other programs run on the machine that tests it. What it must not do is seconds.
        var most = TimeSpan.FromMilliseconds(300);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 40 && best > most; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            Masker.Mask(text);
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, TimeProvider.System.GetElapsedTime(started).Ticks));
        }

        Assert.InRange(best, TimeSpan.Zero, most);
    }
}
