using System.Text.RegularExpressions;

namespace Edge.Bundles.Masking;

/// <summary>Words beside numbers, in a normal form. The nearest one counts.</summary>
internal sealed partial class NumberContexts
{
    private const int Farthest = 24, FarthestBehind = 10, MostDigitsBetween = 4;

    // Around words of letters. Digits may be glued to them: tel13812345678.
    private const string A = "(?<![a-z])", Z = "(?![a-z])";

    private static readonly (string Group, NumberContext Context)[] Groups =
    [
        ("order", NumberContext.Order), ("harmless", NumberContext.Harmless), ("phone", NumberContext.Phone),
            ("extension", NumberContext.Extension),
        ("detail", NumberContext.CardDetail), ("card", NumberContext.Card), ("identity", NumberContext.Identity),
        ("account", NumberContext.Account),
    ];

    private readonly string _text;
    private readonly List<(int Start, int End, NumberContext Context)> _words = [];

    /// <summary>Finds the words of a text.</summary>
    public NumberContexts(string text)
    {
        _text = text;
        for (var match = Words().Match(text); match.Success; match = match.NextMatch())
        {
            foreach (var (group, context) in Groups)
            {
                if (match.Groups[group].Success)
                    _words.Add((match.Index, match.Index + match.Length, context));
            }
        }
    }

    /// <summary>What the number in a range is said to be.</summary>
    public NumberContext Of(int start, int end)
    {
        if (_words.Count == 0)
            return NumberContext.None;
        var next = FirstThatEndsBehind(start);
        if (next > 0 && _words[next - 1] is var before && start - before.End <= Farthest && IsOneThought(before.End, start))
            return before.Context;
        // 13812345678是我手机
        var behind = next < _words.Count ? _words[next] : default;
        return behind.Start >= end
            && behind.Context is NumberContext.Phone or NumberContext.Account or NumberContext.Identity or NumberContext.Card
            && behind.Start - end <= FarthestBehind && Behind().IsMatch(_text.AsSpan(end, behind.Start - end))
            ? behind.Context
            : NumberContext.None;
    }

    private int FirstThatEndsBehind(int start)
    {
        var (low, high) = (0, _words.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_words[middle].End <= start)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private bool IsOneThought(int from, int to)
    {
        var digits = 0;
        for (var at = from; at < to; at++)
        {
            if (_text[at] is '。' or '?' or '!' or ';' or '\n' || (char.IsAsciiDigit(_text[at]) && ++digits > MostDigitsBetween))
                return false;
        }
        return true;
    }

    [GeneratedRegex("^[ ,~]*(?:这个?|那个?|is)?[ ]?(?:就?是)?[我他她咱们的本人 ]*(?:my )?$", RegexOptions.CultureInvariant)]
    private static partial Regex Behind();

    [GeneratedRegex(
        "(?<order>[订定]单|单[号浩耗好]|运单|快递单?|物流|包裹|工单|流水|编号|编码|合同|发票|型号|货号|款号|序列号|取件码|取货码|兑换码|优惠码|券码|条码|交易|凭证|批次|航班|车次|班次"
        + "|" + A + "(?:orders?|(?:o[ld]{1,2}[eo]{1,2}r{1,2}|o+r+d+e*r*)(?: n[a-z]*)?(?= ?[0-9])|tracking|track|invoice|ticket|case"
        + "|claim|ref(?:erence)?|confirmation|serial|model|sku|voucher|shipment"
        + "|parcel|package|item|product"
        + "|transaction|flight|booking|receipt|policy)" + Z + ")"
        + "|(?<harmless>验证码|校验码|优惠|券|密码|口令|商品|金额|价格|总共|一共|余额|积分|尾号|末尾|后四位|最后四位|会员号|邮编"
        + "|" + A + "(?:(?<!area |country )code|coupon|total|amount|price|paid|balance|password|pin|digits|ending)" + Z + ")"
        + "|(?<detail>cvv2?|cvc2?|安全码|有效期|到期日?|过期时间|三位码|背面(?:后)?(?:三|3)位|security code|expir(?:y|ation|es)(?: date)?|" + A + "exp" + Z
        + "|valid (?:thru|until))"
        + "|(?<card>(?:银行卡?|信用卡|借记卡|储蓄卡|工资卡|贷记卡|社保卡|公积金|医保卡?)(?:的?(?:账|帐|卡)?号码?)?|卡号码?|账号|帐号|账户|帐户|开户行?"
        + "|" + A + "(?:(?:credit |debit |bank |visa |master)?card(?: number| no)?|(?:bank )?account(?: number| no)?|visa|mastercard"
        + "|amex|iban)" + Z + ")"
        + "|(?<identity>(?:身份证|证件|社会?保障?|护照|居住证|通行证|驾驶证|驾照|军官证|台胞证|港澳)(?:的?号码?|的?编号)?"
        + "|" + A + "(?:id(?:entity)?(?: card| number| no)?|ssn|social(?: security)?(?: number)?|passport(?: number| no)?"
        + "|driver'?s? licen[sc]e|national insurance)" + Z + ")"
        + "|(?<account>微信号?码?|企鹅号|" + A + "q ?q" + Z + " ?号?码?|扣扣号?码?|v信"
        + "|" + A + "(?:vx|wx|wechat|weixin|whatsapp|telegram|line id)" + Z + ")"
        + "|(?<extension>分机号?码?|内线|" + A + "ext(?:ension|n)?" + Z + ")"
        + "|(?<phone>(?:手机|电话|联系电话|移动电话|座机|固话|固定电话|家电|办公电话|传真|小灵通|热线)(?:的?号码?)?|号码|联系方式|联系我|打给|拨打|拨给|致电|回电|回拨|呼叫|打过来"
        + "|打回来|给我打|打我|" + A + "(?:(?:tele)?phones?(?: number)?|cell(?:phone)?(?: number)?|mobile(?: number)?|tel|fax|landline"
        + "|home number|work number|area code"
        + "|(?:my|his|her|our|contact|best|new|old|callback|call back|the|this|a|different|another) number|call(?! off)(?:ing"
        + "|ed)?(?: me)?(?: back)?"
        + "|dial|reach (?:me|us|him|her)|text (?:me|us|him|her)|ring me)" + Z + ")",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
