using System.Text.RegularExpressions;

namespace Edge.Bundles.Masking;

/// <summary>
/// How personal data that are more than a number are written, in a normal form (<see cref="NormalForm"/>: small letters, ASCII
/// digits). Repetitions are bounded, or start only where the character before ends them, so that long input costs linear time.
/// </summary>
internal static partial class PersonalDataPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // A number of a house: 88, 十二, 一百二十. Neither a date nor part of another number.
    private const string HouseNumber = "(?:[0-9]{1,5}|(?=[0-9十百])[0-9]?百?零?[0-9]?十?[0-9]?)";
    private const string NoNumberBefore = "(?<![0-9.十百月第]|[0-9][ ,:/-])";

    /// <summary>E-mail as it is written, spaces around its signs allowed.</summary>
    [GeneratedRegex(
        "(?<![a-z0-9])[a-z0-9](?:[a-z0-9_%+-]| ?[.] ?(?=[a-z0-9])){0,63} ?@ ?(?:[a-z0-9-]{1,63} ?[.] ?){1,8}[a-z]{2,24}(?![a-z0-9-])",
        Options)]
    public static partial Regex Email();

    /// <summary>E-mail as it is spelled: zhangsan艾特163点com, j dot smith at example dot com, letter by letter.</summary>
    [GeneratedRegex(
        "(?<![a-z0-9])(?<local>(?:(?:[a-z]{1,20} ){0,2}(?=[a-z0-9_.-]{1,40} ?(?:艾特|爱特"
        + "|埃特)))?(?:[a-z0-9] (?=[a-z0-9][ ~])){0,40}[a-z0-9](?:[a-z0-9_+-]|[ ,]?(?:[.点]|下划线|\\b(?:dot|underscore)\\b)[ ,]?(?=[a-z0-9])"
        + "|-(?=[a-z0-9])){0,63}(?: [0-9]{1,8}){0,8})"
        + "[ ,~]*(?<at>@|艾特|爱特|埃特|圈a|小老鼠|在(?=[a-z0-9]{2,20} ?(?:点|dot ?)(?:com|cn|net))|(?<![a-z])at(?![a-z]))[ ,~]*"
        + "(?<domain>(?:[a-z0-9][a-z0-9-]{0,62}(?: [a-z0-9-]{1,20}){0,6}[ ,]?(?:[.点]|\\bdot\\b)[ ,]?){1,5})"
        + "(?:com|cn|net|org|edu|gov|io|co|uk|de|fr|jp|hk|tw|me|info|biz|us|ca|au|in|eu)(?![a-z0-9])",
        Options)]
    public static partial Regex SpelledEmail();

    /// <summary>What says that an e-mail address follows.</summary>
    [GeneratedRegex("(?:邮箱|邮件|信箱|\\be-?mail|\\bmail)[^。?!;]{0,40}$", Options)]
    public static partial Regex EmailContext();

    /// <summary>Words that stand before "at" where a site is meant: look at example dot com.</summary>
    [GeneratedRegex(
        "(?:^|[^a-z])(?:it|look|them|this|that|one|ones|is|was|up|online|site|website|page|here|there|available|found|us|bought|ordered"
        + "|buy|order|shop|items?|stuff|things?|prices?|"
        + "sold|deals?|shopping|checked|[a-z]{2,}ing|address|me|arrived|back|out|in)$",
        Options)]
    public static partial Regex SiteWords();

    // GA 36: province, office, then 5 places (at least 2 digits; the last may name a use), or 6 for new energy.
    [GeneratedRegex(
        "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][ ~]?[a-z][ ~·.,-]{0,2}"
        + "(?:[df](?:[ ~-]?[a-hj-np-z0-9])(?:[ ~-]?[0-9]){4}|[0-9](?:[ ~-]?[0-9]){4}[ ~-]?[df]"
        + "|(?=(?:[ ~-]?[a-z]){0,3}[ ~-]?[0-9](?:[ ~-]?[a-z]){0,3}[ ~-]?[0-9])"
        + "[a-hj-np-z0-9](?:[ ~-]?[a-hj-np-z0-9]){3}[ ~-]?[a-hj-np-z0-9挂学警港澳])(?![a-z0-9])",
        Options)]
    public static partial Regex Plate();

    /// <summary>Accounts that are more than digits.</summary>
    [GeneratedRegex("(?<=(?:微信号?|v信|(?<![a-z])(?:vx|wx|wechat(?: id)?|weixin|whatsapp|telegram|line id))"
        + "(?:号码?)?[是为: ]{0,3}(?:is )?)(?=[a-z_-]{0,19}[0-9_])[a-z][a-z0-9_-]{5,19}(?![a-z0-9_-])", Options)]
    public static partial Regex Account();

    /// <summary>
    /// Passports and the like: one or two letters and 6 to 9 digits, behind their name; Hong Kong's cards by their bracket.
    /// </summary>
    [GeneratedRegex(
        "(?<=(?:护照|通行证|台胞证|回乡证|居留证|身份证|证件|passport|permit|licen[sc]e|identity card|\\bid)(?:的?号码?| numbers?| no[.]?"
        + "| card)?[是为: ,~]{0,4}(?:(?:is|it's) )?)"
        + "[a-z](?:[ -]?[a-z])?(?:[ ,~-]{0,2}[0-9]){6,9}(?:\\([0-9a]\\))?(?![a-z0-9])"
        + "|(?<![a-z0-9])[a-z]{1,2}[0-9]{6}\\([0-9a]\\)",
        Options)]
    public static partial Regex Document();

    /// <summary>Year, month and day behind what says that somebody was born then.</summary>
    [GeneratedRegex(
        "(?<=(?:生日|出生|生于|\\bborn|birth(?:day|date)?|\\bdob)[^0-9。?!]{0,12})"
        + "(?:(?:19|20)[0-9]{2}[-./年 ,~]{1,2}[0-9十]{1,3}[-./月 ,~]{1,2}[0-9十]{1,3}|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]"
        + "|[0-9十]{1,3}[-./][0-9]{1,2}[-./](?:19|20)?[0-9]{2}|[0-9]{2}年[0-9十]{1,3}月[0-9十]{1,3}"
        + "|(?:january|february|march|april|may|june|july|august|september|october|november|december) [0-9]{1,2}(?:st|nd|rd"
        + "|th)?,? ?(?:19|20) ?[0-9]{2}"
        + "|[0-9]{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|may|june|july|august|september|october|november"
        + "|december),? ?(?:19|20) ?[0-9]{2})"
        + "|(?:19|20)[0-9]{2}年[0-9十]{1,3}月[0-9十]{1,3}(?=[日号]?(?:出生|生的|生日))",
        Options)]
    public static partial Regex BirthDate();

    // 号 alone is as often a day or a number in a queue: it needs a street before it, or a building behind it. A floor alone is
    // a floor; behind a building it is part of an address.
    [GeneratedRegex(
        NoNumberBefore + HouseNumber + "(?=[a-z]? ?(?:室(?! ?[0-9]?厅)|栋(?!梁)|幢|单元|号楼|号院|弄(?=[0-9十百 ,]|$)|座 ?-?[0-9]|组[0-9十百]+号|房(?!间|子|价"
        + "|贷|租|东|产|型|屋|源|地|费|卡)))"
        + "|(?<=(?:[a-z0-9甲乙丙丁东西南北]座|栋|幢|单元|号楼?|大厦|广场|中心|大楼|写字楼|公寓|科技园) ?,?)" + HouseNumber + "(?=(?:楼|层)(?!上|下|主|市|盘|梯))"
        + "|(?<=[a-z0-9\u4E00-\u9FFF](?:[路街巷弄]|大道|胡同|小区|新村|花园|家园|(?<![知难味渠报频隧轨通赛管跑一])道|(?<![这那哪家店手心车城群单夜月公村])里|[庄苑村]|(?<!校|公|幼儿|动物|植物"
        + "|乐)园) ?(?:甲|乙|丙|丁|附)?)"
        + "(?<!(?:线|网|思|电|铁|一|半|走|问|逛|上|马)[路街] ?)" + HouseNumber + "(?=[a-z]? ?号(?!线|发|到|来|去|送|前|之|左|以|下|上|早|晚|中|就|才|还|能|要|可|的时|那天|这天|我"
        + "|你|他))"
        + "|(?<=(?:[甲乙丙丁附])) ?" + HouseNumber + "(?= ?号)"
        + "|(?<=(?:[a-z0-9甲乙丙丁东西南北]座|栋|幢|单元|号楼|号院|楼|层|[路街道巷弄][0-9十百]{1,5}号) ?[,-]? ?)[0-9]{2}[0-9]{1,2}(?![0-9元块个件]|[.][0-9])"
        + "|(?<![0-9.:-]|[0-9][ /]|码[是为: ]{0,2})(?!(?:0?[0-9]|1[0-2])-[0-9]{1,2}-(?:19"
        + "|20)[0-9]{2}(?![0-9]))[0-9]{1,3}[a-z]?(?: ?- ?[0-9]{1,2}){1,2} ?- ?[0-9]{3,4}(?![0-9-]|[.][0-9])"
        + "|(?<=(?:住|地址|寄到|送到|小区|花园|家园|[苑园栋座号])[^0-9。?!]{0,4})(?<![0-9.:-])[0-9]{1,2}-[0-9]{3,4}(?![0-9-])"
        + "|(?<=(?:房间|门牌|房)号?码?[是为: ]{0,2}|邮编[是为: ]{0,2}|邮政编码[是为: ]{0,2})" + HouseNumber + "[0-9]?(?![0-9月年])",
        Options)]
    public static partial Regex ChineseAddress();

    [GeneratedRegex(
        "(?<![0-9a-z.$-]|[0-9] )[0-9]{1,5}(?: [0-9]{1,2}){0,2}[a-z]?(?= (?:(?!(?:on|in|by|from|to|my|at|of|for|the|an?|this|that|down"
        + "|days?|hours?|minutes?|miles?|blocks?|times?|is|items?|orders?|more|and|or)\\b)[a-z]{1,20}[.]? ){1,2}"
        + "(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|highway|hwy|way|court|ct|place|pl|terrace|square|sq|close"
        + "|crescent|circle|parkway|pkwy|trail|row|gardens|grove)\\b)"
        + "|(?<=\\b(?:apt|apartment|suite|ste|room|rm|flat|unit|house number|house no|p[.]?o[.]? box|zip(?: code)?|post ?code"
        + "|postal code)[.]? ?(?:number|no[.]?|is|#)? ?#?)[0-9]{1,5}(?: [0-9]{1,2}){0,4}(?:-[0-9]{4})?(?![0-9]|[a-z]{2})",
        Options)]
    public static partial Regex EnglishAddress();

    /// <summary>Postcodes of the United Kingdom behind their name.</summary>
    [GeneratedRegex("(?<=\\b(?:post ?code|postal code)[: ]{0,2}(?:is )?)[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\\b", Options)]
    public static partial Regex BritishPostcode();
}
