using System.Text;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Places of an utterance that are no part of an entity.</summary>
internal static class FreePlaces
{
    /// <summary>The characters (code points) outside of entities that are wanted, in text order.</summary>
    public static List<(int Start, int End)> Characters(LabelledUtterance utterance, Func<Rune, bool> wanted)
    {
        var places = new List<(int, int)>();
        var at = 0;
        foreach (var rune in utterance.Text.EnumerateRunes())
        {
            var (start, end) = (at, at + rune.Utf16SequenceLength);
            at = end;
            if (wanted(rune) && IsFree(utterance, start, end)) places.Add((start, end));
        }

        return places;
    }

    /// <summary>True where no entity has a character from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public static bool IsFree(LabelledUtterance utterance, int start, int end) =>
        !utterance.Spans.Values.Any(list => list.Any(span => span.Start < end && start < span.End));

    /// <summary>True where text can be put in without parting an entity.</summary>
    public static bool IsFree(LabelledUtterance utterance, int place) =>
        !utterance.Spans.Values.Any(list => list.Any(span => span.Start < place && place < span.End));
}
