namespace Edge.Bundle.Tests.Masking;

/// <summary>Personal data that are more than a number: e-mail, plates, addresses, messengers, dates of birth.</summary>
internal static class WordedForms
{
    /// <summary>Kind, form and where it stands.</summary>
    public static IEnumerable<(string Kind, string Form, string Place)> All(PersonalForms.Digits random) =>
        [.. Emails(), .. Plates(random), .. ChineseAddresses(random), .. EnglishAddresses(random), .. Others(random)];

    private static IEnumerable<(string, string, string)> Emails()
    {
        string[] chinese =
        [
            "zhangsan@163.com", "zhang_san88@qq.com", "ZHANG.SAN@Example.COM.CN", "ｚｈａｎｇ＠１６３．ｃｏｍ", "zhangsan @ 163 . com",
            "zhangsan艾特163点com", "zhangsan艾特qq点com",
            "zhangsan@163点com", "zhangsan艾特一六三点com", "lisi二零零八艾特幺二六点com", "wang.wu艾特gmail.com", "z h a n g 艾特163点com",
            "zhang点san艾特example点com点cn",
            "12345678艾特qq点com", "八六七五三零九艾特qq点com", "li下划线si艾特163点com", "zhangsan爱特163点com", "zhang san艾特 163 点 com", "abc123小老鼠sina点cn",
        ];
        string[] places = ["邮箱{0}", "{0}", "发到{0}吧", "我的邮箱是{0}谢谢"];
        for (var i = 0; i < chinese.Length; i++)
            yield return ("e-mail", chinese[i], places[i % places.Length]);
        string[] english =
        [
            "john.smith@example.com", "J.Doe+shop@mail.example.org", "john dot smith at example dot com", "john at gmail dot com",
            "jsmith at mail dot example dot co dot uk",
            "j s m i t h at gmail dot com", "mary underscore jones at yahoo dot com", "bob42 at outlook dot com",
            "bob four two at outlook dot com", "john at gmail.com",
            "john.smith at example.com", "info-desk at example dot org", "anna @ example dot net", "JOHN AT GMAIL DOT COM",
        ];
        string[] englishPlaces = ["my email is {0}", "write to {0} please", "{0}", "e-mail: {0}"];
        for (var i = 0; i < english.Length; i++)
            yield return ("e-mail in English", english[i], englishPlaces[i % englishPlaces.Length]);
    }

    private static IEnumerable<(string, string, string)> Plates(PersonalForms.Digits random)
    {
        string[] written =
        [
            "京A#####", "沪B·#####", "粤B #####", "苏E####F", "粤AD#####", "京a#####", "浙A-#####", "川A.####G", "鲁Q####学", "京Ａ１２３４５",
            "皖C 1 2 3 4 5", "沪CK###8", "京 A #####",
        ];
        string[] places = ["车牌{0}", "{0}", "我的车是{0}停在门口", "{0}违章了"];
        var turn = 0;
        foreach (var form in written)
            yield return ("plate", random.Fill(form), places[turn++ % 4]);
        foreach (var (name, write) in DigitWriter.Chinese)
        {
            foreach (var separator in (string[])["", "·", " "])
                yield return ($"plate, {name}", $"京A{separator}{write("9" + random.Next(4))}", places[turn++ % 4]);
        }
    }

    private static IEnumerable<(string, string, string)> ChineseAddresses(PersonalForms.Digits random)
    {
        string[] places =
        [
            "中山路{0}号", "寄到建国路{0}号", "建国路甲{0}号", "甲{0}号", "朝阳区乙{0}号", "住{0}栋", "{0}号楼", "在{0}单元", "A座{0}", "B座{0}室", "{0}室", "花园街{0}号",
            "人民路{0}弄8号", "长安街附{0}号",
            "送到{0}幢", "阳光小区{0}号楼", "{0}号院", "科技园C座{0}楼", "3号楼{0}", "5栋2单元{0}",
        ];
        foreach (var (name, write) in DigitWriter.Chinese.Take(8))
        {
            for (var i = 0; i < places.Length; i++)
            {
                var needsRoom = places[i].EndsWith("{0}", StringComparison.Ordinal) || places[i].EndsWith("{0}室", StringComparison.Ordinal);
                yield return ($"address, {name}", write(needsRoom ? $"{random.OneOf("123456789")}0{random.OneOf("123456789")}"
                    : random.Fill("%#")), places[i]);
            }
        }
        foreach (var form in (string[])["5-3-501", "12-2-1203", "5—3—501", "5杠3杠501", "五杠三杠五零一", "12-1-2-802", "１２－３－５０１", "3-2-101"])
        {
            yield return ("house-unit-room", form, "我住{0}");
            yield return ("house-unit-room", form, "{0}");
        }
        foreach (var form in (string[])["十二", "八十八", "一百二十", "一百零五", "十"])
        {
            yield return ("address, cardinal", form, "中山路{0}号");
            yield return ("address, cardinal", form, "在{0}号楼等");
        }
        yield return ("postcode", "100020", "邮编{0}");
        yield return ("room", "1203", "房间号{0}");
    }

    private static IEnumerable<(string, string, string)> EnglishAddresses(PersonalForms.Digits random)
    {
        string[] places =
        [
            "ship it to {0} Baker Street", "i live at {0} n main st", "{0} Oak Avenue", "my address is {0} elm drive boston", "apt {0}",
            "apartment {0}", "suite {0}", "flat {0}", "room {0}",
            "{0} sunset boulevard", "send it to {0} wallaby way", "po box {0}", "zip code {0}", "it's {0} king's court", "unit {0}",
            "house number {0}",
        ];
        foreach (var (name, write) in DigitWriter.English.Take(3))
        {
            foreach (var place in places)
            {
                if (!place.Contains('\'', StringComparison.Ordinal))
                    yield return ($"address in English, {name}", write(random.Fill("%##")), place);
            }
        }
        yield return ("address in English, cardinal", "two twenty one", "deliver to {0} baker street");
        yield return ("address in English, cardinal", "forty two", "i live at {0} mill lane");
    }

    private static IEnumerable<(string, string, string)> Others(PersonalForms.Digits random)
    {
        foreach (var (name, write) in DigitWriter.Chinese.Take(4))
        {
            yield return ($"QQ, {name}", write(random.Fill("%########")), "qq号是{0}");
            yield return ($"QQ, {name}", write(random.Fill("%######")), "加我QQ{0}");
            yield return ($"WeChat, {name}", write(random.Fill("%########")), "微信号{0}");
        }
        yield return ("WeChat", "zhang_san88", "微信号是{0}");
        yield return ("WeChat", "wxid_8812abc", "我微信{0}");
        yield return ("date of birth", "1990年3月7日", "我的生日是{0}");
        yield return ("date of birth", "1990-03-07", "出生日期{0}");
        yield return ("date of birth", "19900307", "出生日期：{0}");
        yield return ("date of birth", "一九九零年三月七日", "我{0}出生");
        yield return ("date of birth", "march 7 1990", "i was born {0}");
        yield return ("date of birth", "03/07/1990", "date of birth {0}");
    }
}
