using System.Text;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Punctuation outside of entities, which speech recognition does not write.</summary>
internal static class Punctuation
{
    /// <summary>Takes all punctuation out; where one stood between spaces, one space is left. 3.5, 10:30 and it's keep theirs.</summary>
    public static LabelledUtterance Remove(LabelledUtterance utterance)
    {
        var text = utterance.Text;
        var edits = FreePlaces.Characters(utterance, rune => Rune.IsPunctuation(rune) && rune.Value != '\'')
            .Where(place => !(IsWord(text, place.Start - 1) && IsWord(text, place.End)))
            .Select(place => new TextEdit(place.Start, place.End, "")).ToArray();
        var bare = TextEdits.Apply(utterance, edits);
        var spaces = FreePlaces.Characters(bare, rune => rune.Value == ' ')
            .Where(place => place.Start == 0 || bare.Text[place.Start - 1] == ' ' || place.End == bare.Text.Length);
        return TextEdits.Apply(bare, spaces.Select(place => new TextEdit(place.Start, place.End, "")).ToArray());
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiLetterOrDigit(text[at]);
}
