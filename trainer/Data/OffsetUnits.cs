using System.Text;
using Edge.Bundles.Common;

namespace Edge.Trainer.Data;

/// <summary>Names of units, and offsets from one unit to another.</summary>
internal static class OffsetUnits
{
    /// <summary>Names on the command line.</summary>
    public const string Known = "codepoints, bytes or utf16";

    /// <summary>Reads a name of the command line; <c>null</c> stays <c>null</c>.</summary>
    /// <exception cref="UserException">There is no such unit.</exception>
    public static OffsetUnit? Parse(string? name) => name switch
    {
        null => null,
        "utf16" => OffsetUnit.Utf16,
        "codepoints" => OffsetUnit.CodePoints,
        "bytes" => OffsetUnit.Bytes,
        _ => throw new UserException($"--offsets is '{name}'; use {Known}"),
    };

    /// <summary>The unit's name on the command line.</summary>
    public static string Option(OffsetUnit unit) => unit switch
    {
        OffsetUnit.CodePoints => "codepoints",
        OffsetUnit.Bytes => "bytes",
        _ => "utf16",
    };

    /// <summary>The unit in words.</summary>
    public static string Name(OffsetUnit unit) => unit switch
    {
        OffsetUnit.CodePoints => "code points",
        OffsetUnit.Bytes => "bytes of UTF-8",
        _ => "UTF-16 units",
    };

    /// <summary>The place in UTF-16 units; -1 where it lies outside the text or within a character.</summary>
    public static int ToUtf16(string text, int offset, OffsetUnit unit)
    {
        if (unit == OffsetUnit.Utf16) return offset >= 0 && offset <= text.Length ? offset : -1;
        var (at, counted) = (0, 0);
        while (at < text.Length && counted < offset)
        {
            // half of a surrogate pair counts as the U+FFFD that stands for it elsewhere
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var units) != System.Buffers.OperationStatus.Done)
                rune = Rune.ReplacementChar;
            at += units;
            counted += unit == OffsetUnit.Bytes ? rune.Utf8SequenceLength : 1;
        }

        return counted == offset ? at : -1;
    }
}
