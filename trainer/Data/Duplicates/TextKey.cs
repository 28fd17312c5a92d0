using System.Text;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Data.Duplicates;

/// <summary>
/// What two texts share that differ in case, accents, punctuation and spaces only. Words are parted by a space where their language
/// parts them. Not thread-safe.
/// </summary>
internal sealed class TextKey
{
    private readonly WordSplitter _splitter = new(new TokenizerSettings { FoldWidth = true });

    /// <summary>The key of an utterance and its context.</summary>
    public string Of(LabelledUtterance utterance) =>
        utterance.Context is null ? Of(utterance.Text) : $"{Of(utterance.Context)}\u001F{Of(utterance.Text)}";

    /// <summary>The key of a text; a text of punctuation only is its own key.</summary>
    public string Of(string text)
    {
        var key = new StringBuilder();
        var lastWasHan = true;
        foreach (var word in _splitter.Split(text))
        {
            var rune = Rune.GetRuneAt(word, 0);
            if (Rune.IsPunctuation(rune)) continue;
            var isHan = Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.OtherLetter;
            if (!isHan && !lastWasHan) key.Append(' ');
            key.Append(word);
            lastWasHan = isHan;
        }

        return key.Length == 0 ? text.Trim() : key.ToString();
    }
}
