using System.Globalization;
using System.Text;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Data;

/// <summary>Guesses the language of utterances from their script: good enough to name a task and to choose word lists.</summary>
internal static class LanguageGuess
{
    /// <summary><c>zh</c> where most letters are Han, else <c>en</c>.</summary>
    public static string Of(IEnumerable<string> texts)
    {
        // The tokenizer makes each Han character a word of its own; it carries about as much as three Latin letters.
        var (han, other) = (0L, 0L);
        var splitter = new WordSplitter(new TokenizerSettings());
        foreach (var word in texts.SelectMany(splitter.Split))
        {
            var rune = Rune.GetRuneAt(word, 0);
            if (rune.Utf16SequenceLength == word.Length && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter) han += 3;
            else if (Rune.IsLetter(rune)) other += word.Length;
        }

        return han > other ? "zh" : "en";
    }
}
