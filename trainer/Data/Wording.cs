using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Data;

/// <summary>Whether a text says anything to a model.</summary>
internal static class Wording
{
    /// <summary>False for texts of spaces and invisible characters only (U+200B, U+FEFF), of which tokenizing leaves nothing.</summary>
    public static bool HasWords(string text)
    {
        foreach (var unit in text)
            if (char.IsLetterOrDigit(unit)) return true;
        return new WordSplitter(new TokenizerSettings()).Split(text).Count > 0;
    }
}
