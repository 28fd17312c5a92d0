using System.Text;
using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Lost and repeated characters outside of entities.</summary>
internal static class Characters
{
    /// <summary>Leaves one letter out of a text of at least six.</summary>
    public static LabelledUtterance DropOne(LabelledUtterance utterance, SeededRandom random)
    {
        var places = Places(utterance);
        if (places.Count < 6) return utterance;
        var (start, end) = random.Pick(places);
        return TextEdits.Apply(utterance, [new TextEdit(start, end, "")]);
    }

    /// <summary>Repeats one letter.</summary>
    public static LabelledUtterance DoubleOne(LabelledUtterance utterance, SeededRandom random)
    {
        var places = Places(utterance);
        if (places.Count == 0) return utterance;
        var (start, end) = random.Pick(places);
        var letter = utterance.Text[start..end];
        return TextEdits.Apply(utterance, [new TextEdit(start, end, letter + letter)]);
    }

    private static List<(int Start, int End)> Places(LabelledUtterance utterance) => FreePlaces.Characters(utterance, Rune.IsLetter);
}
