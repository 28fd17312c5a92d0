namespace Edge.Bundle.Tests.Masking;

/// <summary>
/// A table of texts, made from a grammar: kind of personal data, separators, form of the digits, words around; and of harmless
/// texts with numbers in the same forms. The same at every run.
/// </summary>
internal static class PersonalForms
{
    private static readonly string[] Separators = ["", " ", "  ", "-", " - ", ".", ",", ", ", "，", "、", "。", "·", "/", "—", "_", "，嗯",
        " 呃 "];
    private static readonly string[] EnglishSeparators = ["", " ", "  ", "-", ".", ", ", " um ", " dash "];

    private static readonly string[] AnyPlace = ["{0}", "我的是{0}", "嗯{0}就这个", "麻烦记一下{0}谢谢", "刚才说错了，应该是{0}"];
    private static readonly string[] PhonePlaces = ["我手机号是{0}", "打{0}找我", "电话 {0}，快点", "联系电话：{0}", "你们用{0}这个号码联系我", "{0}是我电话"];
    private static readonly string[] LocalPlaces = ["座机{0}", "我家电话是{0}", "打给{0}", "办公室电话{0}"];
    private static readonly string[] EnglishPhonePlaces = ["call me at {0}", "my number is {0} please", "{0} is my phone number",
        "you can reach me on {0}", "phone {0}"];

    /// <summary>Texts with personal data; where these stand is marked.</summary>
    public static IEnumerable<(string Kind, string Text, int Start, int End)> Personal()
    {
        Digits random = new(23);
        foreach (var (kind, form, place) in Cases(random))
        {
            var start = place.IndexOf("{0}", StringComparison.Ordinal);
            yield return (kind, place.Replace("{0}", form, StringComparison.Ordinal), start, start + form.Length);
        }
    }

    /// <summary>Texts without personal data.</summary>
    public static IEnumerable<(string Kind, string Text)> Harmless() => HarmlessForms.All(new Digits(24));

    private static IEnumerable<(string Kind, string Form, string Place)> Cases(Digits random) =>
    [
        .. Mobiles(random), .. Landlines(random), .. Abroad(random), .. English(random), .. Identity(random), .. Bank(random),
        .. WordedForms.All(random),
    ];

    private static IEnumerable<(string, string, string)> Mobiles(Digits random)
    {
        int[][] groupings = [[11], [3, 4, 4], [3, 3, 5], [4, 3, 4], [5, 6], [3, 8], [7, 4]];
        var turn = 0;
        foreach (var (name, write) in DigitWriter.Chinese)
        {
            foreach (var separator in Separators)
            {
                turn++;
                var number = $"1{random.OneOf("356789")}{random.Next(9)}";
                var places = turn % 2 == 0 ? AnyPlace : PhonePlaces;
                yield return ($"mobile, {name}, '{separator}'", Join(number, groupings[turn % groupings.Length], separator, write),
                    places[turn % places.Length]);
            }
            yield return ($"mobile with 86, {name}", Join($"86139{random.Next(8)}", [2, 3, 4, 4], " ", write), AnyPlace[turn % 5]);
            yield return ($"mobile with 0086, {name}", write($"0086137{random.Next(8)}"), PhonePlaces[turn % 6]);
        }
        yield return ("mobile with +86", $"+86-138-{random.Next(4)}-{random.Next(4)}", "电话{0}");
        yield return ("mobile in brackets", $"(138){random.Next(8)}", "打{0}");
        yield return ("mobile in brackets", $"（139）{random.Next(4)}-{random.Next(4)}", "{0}");
        yield return ("mobile in brackets", $"【136】{random.Next(4)} {random.Next(4)}", "我的是{0}");
        yield return ("mobile, plus spoken", $"加八六幺三九{DigitWriter.Chinese[2].Write(random.Next(8))}", "手机{0}");
        yield return ("mobile glued to a word", $"138{random.Next(8)}", "tel{0}号");
    }

    private static IEnumerable<(string, string, string)> Landlines(Digits random)
    {
        var turn = 0;
        foreach (var (name, write) in DigitWriter.Chinese)
        {
            foreach (var separator in (string[])["", "-", " ", "，", "转"])
            {
                var place = turn++ % 2 == 0 ? AnyPlace[turn % 5] : LocalPlaces[turn % 4];
                var local = $"{random.OneOf("5678")}{random.Next(7)}";
                var area = random.OneOf("12") == '1' ? "010" : $"0{random.OneOf("4567")}{random.OneOf("13579")}1";
                if (separator == "转")
                    yield return ($"extension, {name}", $"{write(area)}-{write(local)}转{write(random.Next(4))}", place);
                else
                    yield return ($"landline, {name}, '{separator}'", write(area) + separator + write(local), place);
            }
            yield return ($"local number, {name}", write($"6{random.Next(3)}") + (turn % 2 == 0 ? "-" : "") + write(random.Next(4)),
                LocalPlaces[turn % 4]);
        }
        yield return ("extension", $"(0571)8{random.Next(7)} ext {random.Next(2)}", "call {0}");
        yield return ("extension", $"6{random.Next(3)}-{random.Next(4)}分机{random.Next(3)}", "座机{0}");
        yield return ("extension", $"010-6{random.Next(7)}-{random.Next(3)}", "打{0}");
        yield return ("extension", $"6{random.Next(3)}-{random.Next(4)}转接{random.Next(4)}", "座机是{0}");
    }

    private static IEnumerable<(string, string, string)> Abroad(Digits random)
    {
        string[] written =
        [
            "+44 20 7946 0###", "+44 7911 123###", "0044 20 7946 0###", "+1 415 555 2###", "+1 (212) 555-0###", "+852 9123 4###",
            "+81 90-1234-5###",
            "+49 151 2345 6###", "+33 6 12 34 56 ##", "+61 412 345 ###", "+65 8123 4###", "+91 98765 43###", "+7 912 345-67-##",
            "+886 912 345 ###",
            "07911 123###", "020 7946 0###", "0412 345 ###", "090-1234-5###", "06 12 34 56 ##",
            "plus four four seven nine one one one two three four five six",
        ];
        string[] places = ["{0}", "my number is {0}", "ring me on {0} tonight", "打{0}", "电话是{0}"];
        for (var i = 0; i < written.Length; i++)
            yield return ("abroad", random.Fill(written[i]), places[i % places.Length]);
        foreach (var national in (string[])["9123 4###", "612 34# ###", "98765 43###", "8 912 345-67-##"])
            yield return ("abroad, said to be a number", random.Fill(national), "my mobile number is {0}");
    }

    private static IEnumerable<(string, string, string)> English(Digits random)
    {
        var turn = 0;
        foreach (var (name, write) in DigitWriter.English)
        {
            foreach (var separator in EnglishSeparators)
            {
                turn++;
                var number = $"{random.OneOf("23456")}{random.OneOf("1234567")}5{random.OneOf("234567")}{random.Next(6)}";
                var glue = separator == "" && name is not ("ascii" or "Arabic-Indic") ? " " : separator;
                yield return ($"US, {name}, '{separator}'", Join(number, [3, 3, 4], glue, write), EnglishPhonePlaces[turn % 5]);
                if (separator is " " or "-" or ".")
                    yield return ($"US alone, {name}, '{separator}'", Join(number, [3, 3, 4], glue, write), "{0}");
            }
            yield return ($"Chinese mobile in English, {name}", Join($"13{random.Next(9)}", [3, 4, 4], " ", write), "it's {0} ok");
        }
        yield return ("US in pairs", "five five five twenty three forty one eighty two", "my number is {0}");
        yield return ("US with hundred", "eight four eight two hundred fifty one sixty seven", "my phone number is {0}");
    }

    private static IEnumerable<(string, string, string)> Identity(Digits random)
    {
        int[][] groupings = [[18], [6, 8, 4], [6, 4, 4, 4], [3, 3, 4, 4, 4], [4, 4, 4, 4, 2]];
        var turn = 0;
        foreach (var (name, write) in DigitWriter.Chinese)
        {
            foreach (var separator in (string[])["", " ", "-", ",", "，", "、", ".", "  "])
            {
                turn++;
                var number = random.Identity();
                yield return ($"identity card, {name}, '{separator}'", Join(number, groupings[turn % groupings.Length], separator, write),
                    turn % 2 == 0 ? "身份证号{0}" : AnyPlace[turn % 5]);
            }
        }
        yield return ("identity card glued", random.Identity(), "sfz{0}abc");
        yield return ("identity card glued", random.Identity(), "ID{0}号");
        yield return ("identity card, old", $"110105491231{random.Next(3)}", "老身份证{0}");
        yield return ("identity card, misheard", $"11010519900307{random.Next(3)}9", "{0}");
        yield return ("social security",
            $"{random.OneOf("123456")}{random.OneOf("123456789")}4-5{random.OneOf("123456789")}-{random.Next(4)}", "my social is {0}");
        yield return ("passport", $"E{random.Next(8)}", "护照号是{0}");
        yield return ("passport", $"G{random.Next(4)} {random.Next(4)}", "passport number {0}");
        yield return ("Hong Kong card", $"A{random.Next(6)}(3)", "香港身份证{0}");
    }

    private static IEnumerable<(string, string, string)> Bank(Digits random)
    {
        int[][] groupings = [[16], [4, 4, 4, 4], [6, 10], [8, 8], [4, 6, 6], [5, 5, 6]];
        var turn = 0;
        foreach (var (name, write) in DigitWriter.Chinese)
        {
            foreach (var separator in (string[])["", " ", "-", "，", ".", "  ", "、"])
            {
                turn++;
                var number = random.Luhn(turn % 3 == 0 ? "4" : turn % 3 == 1 ? "62" : "52", 16);
                yield return ($"bank card, {name}, '{separator}'", Join(number, groupings[turn % groupings.Length], separator, write),
                    turn % 2 == 0 ? "卡号{0}" : AnyPlace[turn % 5]);
            }
            yield return ($"bank card of 19, {name}", Join(random.Luhn("62", 19), [6, 13], " ", write), AnyPlace[turn % 5]);
        }
        foreach (var (name, write) in DigitWriter.English)
            yield return ($"bank card in English, {name}", Join(random.Luhn("4", 16), [4, 4, 4, 4], " ", write), "my card is {0}");
        yield return ("bank card beside its expiry", Join(random.Luhn("4", 16), [4, 4, 4, 4], " ", group => group), "{0} 12/28");
        yield return ("bank card beside its expiry", random.Luhn("52", 16), "卡号{0}有效期0728");
        yield return ("bank card beside its expiry", Join(random.Luhn("4", 16), [4, 4, 4, 4], "-", group => group),
            "visa {0} exp 09/27 cvv 123");
        yield return ("American Express", Join(random.Luhn("37", 15), [4, 6, 5], " ", group => group), "amex {0}");
        yield return ("security code", random.Next(3), "cvv是{0}");
        yield return ("security code", random.Next(3), "the security code is {0}");
        yield return ("expiry", $"0{random.OneOf("123456789")}/2{random.OneOf("6789")}", "有效期{0}");
        yield return ("account", random.Next(12), "我的银行账号是{0}");
        yield return ("card misheard", random.Next(17), "银行卡号{0}");
    }

    private static string Join(string number, int[] groups, string separator, Func<string, string> write)
    {
        List<string> parts = [];
        var at = 0;
        foreach (var length in groups)
        {
            if (at < number.Length)
                parts.Add(write(number[at..Math.Min(number.Length, at + length)]));
            at += length;
        }
        if (at < number.Length)
            parts.Add(write(number[at..]));
        return string.Join(separator, parts);
    }

    /// <summary>Numbers from a fixed start.</summary>
    internal sealed class Digits(uint state)
    {
        public string Next(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + Draw(10))));

        public char OneOf(string choices) => choices[Draw(choices.Length)];

        public string Fill(string form) => string.Concat(form.Select(sign => sign == '#' ? (char)('0' + Draw(10)) : sign == '%'
            ? (char)('1' + Draw(9)) : sign));

        public string Identity()
        {
            var region = new[] { "1101", "3201", "4403", "5101", "6101" }[Draw(5)] + (10 + Draw(90));
            var written = $"{region}{1950 + Draw(60)}{1 + Draw(12):D2}{1 + Draw(28):D2}{Next(3)}";
            int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
            return written + "10X98765432"[written.Select((digit, i) => (digit - '0') * weights[i]).Sum() % 11];
        }

        public string Luhn(string prefix, int length)
        {
            var written = prefix + Next(length - prefix.Length - 1);
            var sum = written.Reverse().Select((digit, i) => i % 2 == 1 ? digit - '0'
                : ((digit - '0') * 2 / 10) + ((digit - '0') * 2 % 10)).Sum();
            return written + ((10 - (sum % 10)) % 10);
        }

        private int Draw(int limit)
        {
            state = (state * 1664525) + 1013904223;
            return (int)((state >> 8) % (uint)limit);
        }
    }
}
