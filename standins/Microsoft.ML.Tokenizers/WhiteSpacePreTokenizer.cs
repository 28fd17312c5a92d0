namespace Microsoft.ML.Tokenizers;

/// <summary>Runs of characters that are not white space (the real package: the regular expression <c>\S+</c>).</summary>
internal sealed class WhiteSpacePreTokenizer : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        List<(int Offset, int Length)> words = [];
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isSpace = i == text.Length || char.IsWhiteSpace(text[i]);
            if (!isSpace && start < 0)
                start = i;
            if (isSpace && start >= 0)
            {
                words.Add((start, i - start));
                start = -1;
            }
        }

        return words;
    }
}
