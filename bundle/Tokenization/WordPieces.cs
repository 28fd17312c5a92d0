using System.Collections.Concurrent;
using Microsoft.ML.Tokenizers;

namespace Edge.Bundles.Tokenization;

/// <summary>
/// Cuts words into pieces (WordPiece, Wu et al. 2016). The package does it, and every answer of its costs memory; so what words
/// without digits were cut into is remembered. Numbers are all different: words with digits are cut here, as the package would
/// (the tests hold one against the other). Safe for use by several threads.
/// </summary>
/// <param name="tokenizer">The package's.</param>
/// <param name="vocabulary">The same pieces.</param>
internal sealed class WordPieces(WordPieceTokenizer tokenizer, Vocabulary vocabulary)
{
    /// <summary>Longest word that has pieces, in code points; longer ones are unknown (Hugging Face's <c>BertTokenizer</c>).</summary>
    public const int MaxWordCharacters = 100;

    /// <summary>Most pieces, and units, of a word that has any.</summary>
    public const int MostPieces = 2 * MaxWordCharacters;

    private const string Continuing = "##";

    // Some 2 MB: more words than a site's callers use. Numbers are not among them; they are a caller's own affair, too.
    private const int MostWords = 20_000;

    // By unit, for words of one (most of Chinese): id + 1; 0 where it was not yet asked. Threads may both ask and both write: it is the
    // same number.
    private readonly int[] _singleUnitIds = new int[char.MaxValue + 1];
    private readonly ConcurrentDictionary<string, WordPiece[]> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids =
        vocabulary.Ids.GetAlternateLookup<ReadOnlySpan<char>>();
    private int _count;

    /// <summary>Cuts one word.</summary>
    /// <param name="units">The normalized word, one unit or more.</param>
    /// <param name="buffer">Room for <see cref="MostPieces"/>, where the answer may stand.</param>
    /// <returns>The pieces in order.</returns>
    public ReadOnlySpan<WordPiece> Of(ReadOnlySpan<char> units, Span<WordPiece> buffer)
    {
        if (units.Length == 1 || IsTooLong(units))
            return Whole(units, units.Length == 1 ? SingleUnitId(units) : vocabulary.UnknownId, buffer);
        if (HasDigit(units))
            return CutHere(units, buffer);
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(units, out var known))
            return known;
        var pieces = Cut(units);
        if (Volatile.Read(ref _count) < MostWords && _known.TryAdd(units.ToString(), pieces))
            Interlocked.Increment(ref _count);
        return pieces;
    }

    private WordPiece[] Cut(ReadOnlySpan<char> units)
    {
        var tokens = tokenizer.EncodeToTokens(units, out _, considerPreTokenization: false, considerNormalization: false);
        var pieces = new WordPiece[tokens.Count];
        for (var i = 0; i < pieces.Length; i++)
            pieces[i] = Piece(units, tokens[i].Id, tokens[i].Offset.Start.Value, tokens[i].Offset.End.Value - 1);
        return pieces;
    }

    // Greedy: the longest piece from the left, and so on; where there is none, the whole word is unknown.
    private ReadOnlySpan<WordPiece> CutHere(ReadOnlySpan<char> units, Span<WordPiece> buffer)
    {
        Span<char> continuing = stackalloc char[Continuing.Length + MostPieces];
        units.CopyTo(continuing[Continuing.Length..]);
        var count = 0;
        for (var first = 0; first < units.Length;)
        {
            // "##" stands in front of where the piece begins, over what was cut off before.
            Continuing.CopyTo(continuing[first..]);
            var end = units.Length;
            int id;
            while (!_ids.TryGetValue(first == 0 ? units[..end] : continuing[first..(Continuing.Length + end)], out id))
            {
                if (--end == first)
                    return Whole(units, vocabulary.UnknownId, buffer);
            }
            buffer[count++] = Piece(units, id, first, end - 1);
            first = end;
        }
        return buffer[..count];
    }

    private static ReadOnlySpan<WordPiece> Whole(ReadOnlySpan<char> units, int id, Span<WordPiece> buffer)
    {
        buffer[0] = new WordPiece(id, 0, units.Length - 1, ContinuesWord: false);
        return buffer[..1];
    }

    private static WordPiece Piece(ReadOnlySpan<char> units, int id, int first, int last) =>
        new(id, first, last, first > 0 && CharacterKinds.AreJoined(units[first - 1], units[first]));

    private int SingleUnitId(ReadOnlySpan<char> unit)
    {
        ref var known = ref _singleUnitIds[unit[0]];
        if (known == 0)
            known = 1 + tokenizer.EncodeToTokens(unit, out _, considerPreTokenization: false, considerNormalization: false)[0].Id;
        return known - 1;
    }

    // ContainsAnyInRange boxes its bounds while .NET has not optimized it yet.
    private static bool HasDigit(ReadOnlySpan<char> word)
    {
        foreach (var unit in word)
        {
            if (char.IsAsciiDigit(unit))
                return true;
        }
        return false;
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
