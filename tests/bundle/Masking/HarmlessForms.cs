namespace Edge.Bundle.Tests.Masking;

/// <summary>Numbers that are nobody's: orders, parcels, amounts, dates, times, floors, quantities, hotlines, products.</summary>
internal static class HarmlessForms
{
    // The demonstration's order and tracking numbers (trainer/Synthesis/Grammar), and others.
    private static readonly string[] Orders =
    [
        "U%###", "U%####", "2026062#%#######", "JD00%########", "TB%#########", "DD%########", "E2026%######", "%###########",
        "A%##-####", "DH%######", "SF%############", "YT%############",
        "7%############", "EMS%########CN", "AB%#######", "GX%#####",
    ];

    private static readonly string[] OrderPlaces = ["查一下订单{0}", "订单号{0}怎么还没到", "快递单号是{0}", "单号 {0}，到哪了"];
    private static readonly string[] GluedPlaces = ["{0}到哪了", "帮我看看{0}", "{0}", "where is {0}"];
    private static readonly string[] EnglishOrderPlaces = ["where is order {0}", "tracking number {0}", "my order number is {0} please",
        "cancel order {0}"];

    private static readonly string[] Texts =
    [
        "我知道5号发货", "知道3号到", "难道8号才发", "味道2号店的好", "这里5号到货", "家里12号有人", "一路5号线过去", "今天11月5号,坐2号线,排到3号", "我在3号窗口", "5号之前能到吗", "下个月5号扣费",
        "路上堵，8号再说", "渠道3号上线", "频道5号节目", "2026-11-22 10:30:00", "2026年11月22日", "二零二六年十一月二十二日", "二〇二六年十一月", "11/22/2026", "22.11.2026",
        "20261122", "下午3点半", "10:30到11:45",
        "早上八点二十到", "十点一刻", "优惠100块,满299减50,3.14", "一共1,200.50元", "充了1,200元", "12,345,678元", "余额13812345元", "¥1,234,567", "$1,299.00",
        "一百二十八块五", "三千六百块", "打八五折", "九十九块九",
        "转到10086,或者12315", "拨打95588", "打400-810-1234", "客服电话4008101234", "打电话给10010", "call 1-800-555-0199", "call 911", "三楼上面有人", "在五楼",
        "我在3楼", "电梯到18楼", "二楼是餐厅", "the fifth floor",
        "i'm on the 3rd floor", "三室一厅", "3室2厅的房子", "我要2个iphone15", "买三个12元的", "要三个八寸的", "两个128g的", "三个5g套餐", "十个一箱", "我买了2件3盒",
        "iphone 13 plus 128g", "5G套餐128元", "每月30GB流量", "300分钟通话",
        "i need 2 items by tomorrow", "i waited 45 minutes", "three of them", "one two three", "double the price",
        "it costs twenty five dollars", "i have 3 children", "in 5 to 7 days", "about 200 miles", "two or three times",
        "on my way home", "one more time", "i ordered it at amazon dot com", "look at example dot com", "it was at noon",
        "see you at three", "@me, #1, a@b", "版本1.2.3.4", "192.168.1.1", "ip是10.0.0.1", "比分3-2", "2-1赢了", "3比2",
        "100, 200, 300", "1、2、3", "13, 45, 67, 89, 123", "第3次打电话了", "打了5次电话", "等了3天", "排队排到128号", "我是8号会员", "88会员日", "618活动", "双11买的",
        "12306", "A4纸", "B2B业务", "3D打印", "7-11便利店", "24小时", "7x24",
        "尺码42", "42码的鞋", "身高175体重70", "175/92A", "XL码", "型号XR-2000", "型号 A1234567", "发票号12345678", "验证码123456", "验证码是 8 8 6 1 2 3",
        "取件码3-2-1056", "优惠码SAVE2026", "流水号202611220001234", "工单号10023456",
        "积分12000", "温度36.5", "38.5度", "50%", "百分之五十", "三分之一", "第二十三页", "第八章", "2019-2024年", "1990到2000", "90后", "八零后", "二零一九年买的", "零食三包",
        "一三五上课", "二四六休息", "七上八下", "一心一意", "三心二意",
        "五一放假", "十一去玩", "一二三四", "三四天", "十几个", "两百多", "京东买的", "川菜馆3号桌", "鲁菜8道", "苏州A5馆", "A座", "B座大厅", "这座城市", "3座桥", "一弄就坏", "五座车",
        "门没关", "两门课", "地址", "发到邮箱", "邮箱满了",
        "微信支付", "wechat pay failed", "qq音乐会员", "会员生日优惠在哪领", "生日快乐", "帮我查一下订单U2942,怎么还没到,气死我了", "order AB12345678 and X99",
        "订单号20261122000123", "订单尾号5678", "手机尾号1234", "last four digits 5678",
        "", "你好", "hello", "退款", "12345", "8", "〇", "one", "double", "个", "三个", "三个八",
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<(string Kind, string Text)> All(PersonalForms.Digits random)
    {
        foreach (var text in Texts)
            yield return ("text", text);
        for (var i = 0; i < Orders.Length; i++)
        {
            for (var place = 0; place < 4; place++)
            {
                foreach (var (name, write) in DigitWriter.Chinese.Take(6))
                    yield return ($"order, {name}", Place(OrderPlaces[place], write(random.Fill(Orders[i]))));
                foreach (var (name, write) in DigitWriter.English.Take(3))
                    yield return ($"order in English, {name}", Place(EnglishOrderPlaces[place], Spelled(random.Fill(Orders[i]), write)));
                if (char.IsAsciiLetter(Orders[i][0]))
                    yield return ("order alone", Place(GluedPlaces[place], random.Fill(Orders[i])));
            }
        }
        foreach (var (_, write) in DigitWriter.Chinese.Take(8))
        {
            for (var i = 0; i < 4; i++)
            {
                yield return ("amount", $"一共{write(random.Fill("%##"))}元");
                yield return ("amount", $"扣了我{write(random.Fill("%#"))}块");
                yield return ("date", $"{write(random.Fill("%"))}月{write(random.Fill("1#"))}号到");
                yield return ("day", $"我知道{write(random.Fill("%"))}号发货");
                yield return ("quantity", $"买{write(random.Fill("%"))}件");
            }
        }
    }

    private static string Place(string place, string form) => place.Replace("{0}", form, StringComparison.Ordinal);

    // U2942 is said "U two nine four two".
    private static string Spelled(string code, Func<string, string> write)
    {
        var digits = code.AsSpan().IndexOfAnyInRange('0', '9');
        var end = code.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var spoken = string.Join('-', code[digits..end].Split('-').Select(write));
        return digits == 0 || spoken == code[digits..end] ? code[..digits] + spoken + code[end..]
            : $"{code[..digits]} {spoken} {code[end..]}".TrimEnd();
    }
}
