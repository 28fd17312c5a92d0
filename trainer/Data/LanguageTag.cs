namespace Edge.Trainer.Data;

/// <summary>What a language tag (BCP 47) says of how texts are treated: regions and scripts do not matter.</summary>
internal static class LanguageTag
{
    private static readonly char[] Separators = ['-', '_'];

    /// <summary>The primary subtag in small letters: <c>zh</c> of <c>zh-CN</c>, <c>en</c> of <c>en_US</c>.</summary>
    public static string Primary(string tag) => tag.Split(Separators)[0].Trim().ToLowerInvariant();

    /// <summary>True for Chinese, which is written without spaces between words.</summary>
    public static bool IsChinese(string tag) => Primary(tag) == "zh";
}
