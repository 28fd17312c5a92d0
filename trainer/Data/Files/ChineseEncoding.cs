using System.Text;

namespace Edge.Trainer.Data.Files;

/// <summary>
/// Files in GB18030 (GBK, GB2312, "ANSI" of a Chinese Windows), which carry no mark: they are read where the bytes leave no doubt, and
/// named where they leave some.
/// </summary>
internal static class ChineseEncoding
{
    /// <summary>Name for people and for iconv.</summary>
    public const string Name = "GB18030";

    // Characters that are needed to tell, the share of them that must be common ones, and the share of the common Han that must stand in
    // the second half of the first level (from S on, by pinyin; about 40 % of any Chinese text): Korean in EUC-KR has none there.
    private const int Fewest = 8;
    private const double CommonShare = 0.9, SecondHalfShare = 0.1;

    private static readonly Encoding Strict = CodePagesEncodingProvider.Instance.GetEncoding(
        Name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The text, where the bytes are GB18030 without doubt.</summary>
    public static string? Recognise(byte[] bytes)
    {
        // GB2312's first level (B0 to D7) has the 3,755 most frequent characters by pinyin, A1 to A3 punctuation and full-width forms.
        var (all, han, late, signs) = (0, 0, 0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            all++;
            if (i + 1 == bytes.Length) break;
            var (lead, trail) = (bytes[i], bytes[++i]);
            if (trail < 0xA1) continue;
            if (lead is >= 0xB0 and <= 0xD7) han++;
            if (lead is >= 0xC9 and <= 0xD7) late++;
            if (lead is >= 0xA1 and <= 0xA3) signs++;
        }

        return all >= Fewest && han + signs >= all * CommonShare && late >= han * SecondHalfShare ? Decode(bytes) : null;
    }

    /// <summary>How to mend a line, or a file, that is not UTF-8.</summary>
    public static string Remedy(string file, ReadOnlySpan<byte> line) => Decode(line) is { } text
        ? $"; as {Name} it reads '{Short(text)}': if that is right, convert the file: iconv -f {Name} -t UTF-8 \"{Path.GetFileName(file)}\""
        : "; save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")";

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Short(string text) => text.Length <= 30 ? text : text[..27] + "...";
}
