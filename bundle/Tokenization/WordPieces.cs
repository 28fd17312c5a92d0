using System.Collections.Concurrent;
using Microsoft.ML.Tokenizers;

namespace Edge.Bundles.Tokenization;

/// <summary>
/// Cuts words into pieces (WordPiece, Wu et al. 2016). The package does it, and every answer of its costs memory; so what words
/// without digits were cut into is remembered. Safe for use by several threads.
/// </summary>
/// <param name="tokenizer">The package's.</param>
/// <param name="unknownId">Id of [UNK].</param>
internal sealed class WordPieces(WordPieceTokenizer tokenizer, int unknownId)
{
    /// <summary>Longest word that has pieces, in code points; longer ones are unknown (Hugging Face's <c>BertTokenizer</c>).</summary>
    public const int MaxWordCharacters = 100;

    // Some 2 MB: more words than a site's callers use. Numbers are all different, and a caller's own affair.
    private const int MostWords = 20_000;

    // By unit, for words of one (most of Chinese): id + 1; 0 where it was not yet asked. Threads may both ask and both write: it is the same number.
    private readonly int[] _singleUnitIds = new int[char.MaxValue + 1];
    private readonly ConcurrentDictionary<string, WordPiece[]> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Cuts one word.</summary>
    /// <param name="units">The normalized word, one unit or more.</param>
    /// <param name="single">Receives the only piece, where the word has no more units than one.</param>
    /// <returns>The pieces in order.</returns>
    public ReadOnlySpan<WordPiece> Of(ReadOnlySpan<char> units, ref WordPiece single)
    {
        if (units.Length == 1 || IsTooLong(units))
        {
            single = new WordPiece(units.Length == 1 ? SingleUnitId(units) : unknownId, 0, units.Length - 1, ContinuesWord: false);
            return new ReadOnlySpan<WordPiece>(ref single);
        }
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(units, out var known))
            return known;
        var pieces = Cut(units);
        if (!units.ContainsAnyInRange('0', '9') && Volatile.Read(ref _count) < MostWords && _known.TryAdd(units.ToString(), pieces))
            Interlocked.Increment(ref _count);
        return pieces;
    }

    private WordPiece[] Cut(ReadOnlySpan<char> units)
    {
        var tokens = tokenizer.EncodeToTokens(units, out _, considerPreTokenization: false, considerNormalization: false);
        var pieces = new WordPiece[tokens.Count];
        for (var i = 0; i < pieces.Length; i++)
        {
            var (first, last) = (tokens[i].Offset.Start.Value, tokens[i].Offset.End.Value - 1);
            pieces[i] = new WordPiece(tokens[i].Id, first, last, first > 0 && CharacterKinds.AreJoined(units[first - 1], units[first]));
        }
        return pieces;
    }

    private int SingleUnitId(ReadOnlySpan<char> unit)
    {
        ref var known = ref _singleUnitIds[unit[0]];
        if (known == 0)
            known = 1 + tokenizer.EncodeToTokens(unit, out _, considerPreTokenization: false, considerNormalization: false)[0].Id;
        return known - 1;
    }

    private static bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= MaxWordCharacters)
            return false;
        var characters = 0;
        foreach (var unit in word)
            characters += char.IsLowSurrogate(unit) ? 0 : 1;
        return characters > MaxWordCharacters;
    }
}
