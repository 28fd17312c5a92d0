using System.Text;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Data;

/// <summary>Words of a text as the tokenizer sees them.</summary>
internal static class WordSplitter
{
    /// <summary>Words, Han characters and punctuation marks, lower-cased where the settings say so.</summary>
    public static IEnumerable<string> Split(string text, TokenizerSettings settings)
    {
        var word = new StringBuilder();
        foreach (var rune in (settings.LowerCase ? text.ToLowerInvariant() : text).EnumerateRunes())
        {
            var alone = !Rune.IsLetterOrDigit(rune) || (settings.SplitHan && Han.Is(rune.Value));
            if (alone && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (!alone) word.Append(rune.ToString());
            else if (!Rune.IsWhiteSpace(rune)) yield return rune.ToString();
        }

        if (word.Length > 0) yield return word.ToString();
    }
}
