using FsCheck;
using FsCheck.Fluent;

namespace Edge.Bundle.Tests.Support;

/// <summary>Made texts: what callers say, mixed with everything that Unicode and broken senders can produce.</summary>
internal static class Texts
{
    private static readonly string[] Fragments =
    [
        "订单", "U2942", "order", "Refund", " ", "  ", "\t", "\n", "，", "!", "é", "e\u0301", "\u0301", "İ", "ß", "각", "각\u11A8", "가",
        "ภา", "𠮷", "😀", "❤️", "👨‍👩‍👧", "ＡＢＣ１２", "\u200B", "\uFEFF", "\uFFFD", "\0", "\uE000", "[SEP]", "[MASK]", "豈", "Å", "が",
        "か\u3099",
        "\uD800", "\uDC00", "\uD83D", "\u3000", "##ing", "unaffable", "13800138000", "幺三八零零幺三八零零零", "号", "室",
    ];

    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.Elements(Fragments)),
        (2, Gen.Choose(0x20, 0x7E).Select(unit => ((char)unit).ToString())),
        (2, Gen.Choose(0x4E00, 0x9FFF).Select(unit => ((char)unit).ToString())),
        (2, Gen.Choose(0, 0xFFFF).Select(unit => ((char)unit).ToString())),
        (1, Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32)));

    public static Gen<string> Any { get; } = Piece.ListOf().Select(pieces => string.Concat(pieces));

    /// <summary>Texts out of some fragments of the caller's and of <see cref="Any"/>.</summary>
    public static Gen<string> With(params string[] fragments) =>
        Gen.Frequency((2, Gen.Elements(fragments)), (3, Piece)).ListOf().Select(pieces => string.Concat(pieces));
}
