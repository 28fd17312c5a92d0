namespace Microsoft.ML.Tokenizers;

public abstract class PreTokenizer
{
    private static readonly WhiteSpacePreTokenizer WhiteSpace = new();

    public abstract IEnumerable<(int Offset, int Length)> PreTokenize(string text);

    public abstract IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text);

    public static PreTokenizer CreateWhiteSpace(IReadOnlyDictionary<string, int>? specialTokens = null) =>
        specialTokens is null
            ? WhiteSpace
            : throw new NotSupportedException("This stand-in does not split on special tokens; see its README.");
}
