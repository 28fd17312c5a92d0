using System.Text;

namespace Edge.Bundles.Masking;

/// <summary>Other names for names of persons and places: as many characters in Chinese, as many words in English.</summary>
internal static class NameSubstitutes
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤";
    private const string GivenNames = "伟芳娜敏静磊强军洋勇艳杰涛明超霞平刚玲波建国秀英丽华志晓雨桐子轩梓浩然欣怡佳琪俊雪梅海燕文博思远美春生宏嘉红龙永婷诗一鸣";
    private const string PlaceNames = "安宁和平东兴福康新华光明长春金银翠湖山河江海云天星月花园林松柏梅兰竹菊文昌永泰顺祥丰盛德仁义礼智信";

    // What says who or where in general, not which one: it stays, so that a name still looks like one.
    private static readonly string[] ChineseTitles =
        ["先生", "女士", "小姐", "太太", "老师", "经理", "师傅", "主管", "医生", "律师", "同学", "阿姨", "叔叔", "大哥", "大姐", "总"];

    private const string ChinesePlaces = "省市区县镇乡村路街道巷弄号楼栋幢座单元室层院门组里苑花园庄湾城国小大厦中心广场旁边的和附近对面东南西北口站公司";

    private static readonly string[] FirstNames =
        ["James", "Mary", "John", "Linda", "Robert", "Susan", "Michael", "Karen", "David", "Emma", "Daniel", "Olivia", "Paul", "Grace",
            "Kevin", "Laura"];

    private static readonly string[] LastNames =
        ["Smith", "Johnson", "Brown", "Taylor", "Miller", "Wilson", "Moore", "Clark", "Lewis", "Walker", "Hall", "Young", "Wright",
            "Scott", "Baker", "Adams"];

    private static readonly string[] Places =
        ["Maple", "Oak", "Church", "Park", "Elm", "Station", "Victoria", "Cedar", "High", "Lake", "Mill", "Green", "Hill", "River",
            "Spring", "Willow"];

    private static readonly string[] EnglishTitles =
    [
        "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam", "street", "st", "avenue", "ave", "road", "rd", "lane", "ln", "drive",
        "court", "boulevard", "blvd",
        "way", "place", "square", "apartment", "apt", "flat", "unit", "suite", "room", "floor", "building", "house", "number", "in",
        "at", "on", "of", "the", "and",
        "north", "south", "east", "west",
    ];

    /// <summary>Writes another name in the place of one.</summary>
    /// <param name="original">The name.</param>
    /// <param name="isPerson">A person; otherwise a place.</param>
    /// <param name="random">Random numbers.</param>
    public static string Make(string original, bool isPerson, KeyedRandom random)
    {
        StringBuilder result = new();
        var words = 0;
        for (var at = 0; at < original.Length;)
        {
            if (TitleAt(original, at, isPerson) is var title and > 0)
            {
                result.Append(original, at, title);
                at += title;
            }
            else if (IsWordLetter(original[at]))
            {
                var end = at;
                while (end < original.Length && (IsWordLetter(original[end]) || original[end] == '\''))
                    end++;
                result.Append(Word(original[at..end], isPerson, words++, random));
                at = end;
            }
            else
            {
                at += Sign(original, at, isPerson, result, random);
            }
        }
        return result.ToString();
    }

    private static int Sign(string original, int at, bool isPerson, StringBuilder result, KeyedRandom random)
    {
        if (DigitForms.ValueAt(original, at) >= 0)
        {
            var length = char.IsHighSurrogate(original[at]) ? 2 : 1;
            var isFirst = at == 0 || DigitForms.ValueAt(original, at - 1) < 0;
            result.Append(DigitForms.Like(original.AsSpan(at, length), isFirst ? 1 + random.Next(9) : random.Next(10)));
            return length;
        }
        if (char.IsHighSurrogate(original[at]) && at + 1 < original.Length && char.IsLowSurrogate(original[at + 1]))
        {
            // A rare character of a name, or an emoji: neither stays.
            result.Append(Pick(isPerson ? GivenNames : PlaceNames, random));
            return 2;
        }
        var isName = char.IsLetter(original[at]) && (isPerson || !ChinesePlaces.Contains(original[at], StringComparison.Ordinal));
        result.Append(isName ? Pick(!isPerson ? PlaceNames : at == 0 ? Surnames : GivenNames, random) : original[at]);
        return 1;
    }

    private static int TitleAt(string original, int at, bool isPerson)
    {
        if (isPerson && at > 0 && Array.Find(ChineseTitles, title =>
            string.CompareOrdinal(original, at, title, 0, title.Length) == 0) is { } found)
            return found.Length;
        return 0;
    }

    private static string Word(string word, bool isPerson, int index, KeyedRandom random)
    {
        if (Array.Exists(EnglishTitles, title => title.Equals(word, StringComparison.OrdinalIgnoreCase)))
            return word;
        if (word.Length == 1)
            return DigitForms.LetterLike(word[0], (char)('A' + random.Next(26))).ToString();
        var names = !isPerson ? Places : index == 0 ? FirstNames : LastNames;
        var name = names[random.Next(names.Length)];
        if (char.IsLower(word[0]))
            return name.ToLowerInvariant();
        return word.All(char.IsUpper) ? name.ToUpperInvariant() : name;
    }

    private static char Pick(string names, KeyedRandom random) => names[random.Next(names.Length)];

    // Letters of scripts that write words with spaces.
    private static bool IsWordLetter(char character) => char.IsLetter(character) && character < '\u2E80';
}
