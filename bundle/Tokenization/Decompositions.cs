using System.Globalization;
using System.Reflection;

namespace Edge.Bundles.Tokenization;

/// <summary>
/// What remains of a character after canonical decomposition (NFD) and removal of its accents (category Mn).
/// Our own table, and not <see cref="string.Normalize()"/>: that needs ICU (it silently returns its input where
/// InvariantGlobalization is on), and a box's ICU version must not decide which tokens a model sees.
/// </summary>
internal static class Decompositions
{
    // Hangul syllables decompose by arithmetic: The Unicode Standard, section 3.12.
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;

    private static readonly Dictionary<int, int[]> Table = Read();

    /// <summary>Writes the remaining code points and returns their number; 1 and the character itself where it has no accent.</summary>
    /// <param name="character">A code point that is not itself of category Mn.</param>
    /// <param name="remaining">At least 4 long.</param>
    public static int Decompose(int character, Span<int> remaining)
    {
        if (character is >= HangulFirst and <= HangulLast)
        {
            var syllable = character - HangulFirst;
            var trailing = syllable % TrailingCount;
            remaining[0] = 0x1100 + (syllable / (VowelCount * TrailingCount));
            remaining[1] = 0x1161 + (syllable / TrailingCount % VowelCount);
            remaining[2] = 0x11A7 + trailing;
            return trailing == 0 ? 2 : 3;
        }

        if (Table.TryGetValue(character, out var found))
        {
            found.CopyTo(remaining);
            return found.Length;
        }

        remaining[0] = character;
        return 1;
    }

    private static Dictionary<int, int[]> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("decompositions.txt")!;
        using StreamReader reader = new(stream);
        Dictionary<int, int[]> table = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var columns = line.Split(' ');
            table.Add(Parse(columns[0]), [.. columns.Skip(1).Select(Parse)]);
        }

        return table;
    }

    private static int Parse(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
