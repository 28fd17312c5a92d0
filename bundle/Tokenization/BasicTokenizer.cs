using System.Globalization;
using System.Text;

namespace Edge.Bundles.Tokenization;

/// <summary>
/// Normalization and word splitting of BERT's reference tokenizer (Devlin et al. 2019, <c>tokenization.py</c>; equal to Hugging
/// Face's <c>BertNormalizer</c> and <c>BertPreTokenizer</c>), with a map back to the source.
/// </summary>
/// <remarks>
/// For each character: 1. drop it, or end the word at white space; 2. set Han apart; 3. strip accents; 4. lower-case;
/// 5. set punctuation apart. Left out of NFD is the reordering of marks: it moves only marks that step 3 drops (and six marks of
/// category Mc, which no vocabulary has). Before all that full-width letters and digits become half-width where the settings say
/// so, and added tokens are words as they are.
/// </remarks>
internal sealed class BasicTokenizer(TokenizerSettings settings)
{
    private const int CapitalIWithDot = 0x130;

    private readonly bool _lowerCase = settings.LowerCase;
    private readonly bool _stripAccents = settings.StripAccents ?? settings.LowerCase;
    private readonly bool _splitHan = settings.SplitHan;
    private readonly AddedToken[] _added = [.. (settings.AddedTokens ?? []).OrderByDescending(token => token.Text.Length)];

    public void Split(ReadOnlySpan<char> text, NormalizedText normalized)
    {
        normalized.Clear();
        Span<int> characters = stackalloc int[4];
        for (var start = 0; start < text.Length;)
        {
            if (_added.Length > 0 && AppendAdded(text, start, normalized) is > 0 and var added)
            {
                start += added;
                continue;
            }
            var unit = text[start];
            if (char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit))
            {
                // Most of what is not Han; none of the steps below changes it.
                normalized.Append(unit, new SourceSpan(start, ++start));
                continue;
            }

            var whole = Rune.DecodeFromUtf16(text[start..], out var rune, out var length) == System.Buffers.OperationStatus.Done;
            SourceSpan source = new(start, start + length);
            start += length;
            if (!whole || CharacterKinds.IsDropped(rune))
                continue;
            if (settings.FoldWidth && CharacterKinds.IsFullWidth(rune.Value))
                rune = new Rune(rune.Value - CharacterKinds.FullWidthOffset);

            if (Rune.IsWhiteSpace(rune))
            {
                normalized.EndWordAtSpace();
                continue;
            }

            var isHan = _splitHan && CharacterKinds.IsHan(rune.Value);
            if (isHan)
                normalized.EndWord();

            var count = 1;
            characters[0] = rune.Value;
            if (_stripAccents && !rune.IsAscii)
            {
                if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
                {
                    normalized.AppendDroppedAccent(source);
                    continue;
                }

                count = Decompositions.Decompose(rune.Value, characters);
            }

            if (_lowerCase)
                count = LowerCase(characters, count);

            foreach (var character in characters[..count])
            {
                Append(character, source, normalized);
                source = new SourceSpan(source.End, source.End);
            }

            if (isHan)
                normalized.EndWord();
        }

        normalized.EndWord();
    }

    // Its first unit has the whole source, as elsewhere where one source is several units.
    private int AppendAdded(ReadOnlySpan<char> text, int start, NormalizedText normalized)
    {
        foreach (var token in _added)
        {
            var length = token.MatchAt(text, start, _lowerCase);
            if (length == 0)
                continue;
            normalized.EndWord();
            SourceSpan source = new(start, start + length);
            foreach (var rune in token.Text.EnumerateRunes())
            {
                normalized.Append(rune.Value, source);
                source = new SourceSpan(source.End, source.End);
            }
            normalized.EndWordAtSpace();
            return length;
        }
        return 0;
    }

    private static int LowerCase(Span<int> characters, int count)
    {
        // The one character whose full lower case is two: i and a dot above. (Stripping accents has made it an I.)
        if (characters[0] == CapitalIWithDot)
        {
            characters[0] = 'i';
            characters[1] = 0x307;
            return 2;
        }

        for (var i = 0; i < count; i++)
            characters[i] = Rune.ToLowerInvariant(new Rune(characters[i])).Value;
        return count;
    }

    private static void Append(int character, SourceSpan source, NormalizedText normalized)
    {
        var isPunctuation = CharacterKinds.IsPunctuation(new Rune(character));
        if (isPunctuation)
            normalized.EndWord();
        normalized.Append(character, source);
        if (isPunctuation)
            normalized.EndWord();
    }
}
