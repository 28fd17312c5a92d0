namespace Edge.Bundles.Tokenization;

/// <summary>
/// Cuts words into pieces (WordPiece, Wu et al. 2016), greedily: the longest piece from the left, and so on; where there is none, the
/// whole word is unknown. It needs no new memory and keeps nothing of what callers say. Safe for use by several threads.
/// </summary>
/// <param name="vocabulary">The pieces.</param>
internal sealed class WordPieces(Vocabulary vocabulary)
{
    /// <summary>Longest word that has pieces, in code points; longer ones are unknown (Hugging Face's <c>BertTokenizer</c>).</summary>
    public const int MaxWordCharacters = 100;

    /// <summary>Most pieces, and units, of a word that has any.</summary>
    public const int MostPieces = 2 * MaxWordCharacters;

    private const string Continuing = "##";

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids =
        vocabulary.Ids.GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly int _longest = vocabulary.Ids.Keys.Max(piece => piece.Length);

    /// <summary>Cuts one word.</summary>
    /// <param name="units">The normalized word, one unit or more.</param>
    /// <param name="pieces">Receives the pieces in order; room for <see cref="MostPieces"/>.</param>
    /// <returns>The part of <paramref name="pieces"/> that was written.</returns>
    public ReadOnlySpan<WordPiece> Of(ReadOnlySpan<char> units, Span<WordPiece> pieces)
    {
        if (IsTooLong(units))
            return Unknown(units, pieces);
        Span<char> continuing = stackalloc char[Continuing.Length + MostPieces];
        units.CopyTo(continuing[Continuing.Length..]);
        var count = 0;
        for (var first = 0; first < units.Length;)
        {
            // "##" stands in front of where the piece begins, over what was cut off before.
            Continuing.CopyTo(continuing[first..]);
            var end = Math.Min(units.Length, first + _longest);
            int id;
            while (!_ids.TryGetValue(first == 0 ? units[..end] : continuing[first..(Continuing.Length + end)], out id))
            {
                if (--end == first)
                    return Unknown(units, pieces);
            }
            pieces[count++] = new WordPiece(
                id, first, end - 1, ContinuesWord: first > 0 && CharacterKinds.AreJoined(units[first - 1], units[first]));
            first = end;
        }
        return pieces[..count];
    }

    private ReadOnlySpan<WordPiece> Unknown(ReadOnlySpan<char> units, Span<WordPiece> pieces)
    {
        pieces[0] = new WordPiece(vocabulary.UnknownId, 0, units.Length - 1, ContinuesWord: false);
        return pieces[..1];
    }

    private static bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= MaxWordCharacters)
            return false;
        if (word.Length > MostPieces)
            return true; // even of pairs
        var characters = 0;
        foreach (var unit in word)
            characters += char.IsLowSurrogate(unit) ? 0 : 1;
        return characters > MaxWordCharacters;
    }
}
