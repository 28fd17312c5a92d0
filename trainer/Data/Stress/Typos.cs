using System.Text;
using Edge.Trainer.Common;
using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Data.Stress;

/// <summary>Slips of the keyboard outside of entities: one for about eight characters, at most three.</summary>
internal sealed class Typos
{
    private const int CharactersPerSlip = 8, MostSlips = 3, ShortestWord = 4;

    private readonly CharacterGroups _sameSound;
    private readonly CharacterGroups _lookAlikes;
    private readonly Keyboard _keyboard = new();

    /// <param name="language">Language of the utterances.</param>
    public Typos(string language) =>
        (_sameSound, _lookAlikes) = (new CharacterGroups("samesound", language), new CharacterGroups("lookalikes", language));

    /// <summary>Makes the slips.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        var slips = Math.Clamp(utterance.Text.Length / CharactersPerSlip, 1, MostSlips);
        for (var slip = 0; slip < slips; slip++)
        {
            var places = FreePlaces.Characters(utterance, Rune.IsLetter);
            places.RemoveAll(place => char.IsAsciiLetter(utterance.Text[place.Start]) && !InsideLongWord(utterance.Text, place.Start));
            if (places.Count == 0) return utterance;
            // A place may have nothing to be taken for: the next is tried.
            random.Shuffle(places);
            if (places.Select(place => Slip(utterance, place, random)).FirstOrDefault(edit => edit is not null) is { } edit)
                utterance = TextEdits.Apply(utterance, [edit]);
        }

        return utterance;
    }

    private TextEdit? Slip(LabelledUtterance utterance, (int Start, int End) place, SeededRandom random)
    {
        var (text, (start, end)) = (utterance.Text, place);
        var chance = random.NextDouble();
        if (chance < 0.2 && end < text.Length && Rune.IsLetter(Rune.GetRuneAt(text, end)))
        {
            // Two neighbours change places.
            var behind = end + Rune.GetRuneAt(text, end).Utf16SequenceLength;
            if (FreePlaces.IsFree(utterance, start, behind) && text[start..end] != text[end..behind])
                return new TextEdit(start, behind, text[end..behind] + text[start..end]);
        }

        if (chance < 0.35) return new TextEdit(start, end, "");
        if (char.IsAsciiLetter(text[start]))
        {
            return chance < 0.5
                ? new TextEdit(start, end, new string(text[start], 2))
                : new TextEdit(start, end, random.Pick(_keyboard.Of(text[start]).ToCharArray()).ToString());
        }

        var (sound, look) = (_sameSound.Of(text[start..end]), _lookAlikes.Of(text[start..end]));
        var others = sound.Count > 0 && (look.Count == 0 || chance < 0.8) ? sound : look;
        return others.Count == 0 ? null : new TextEdit(start, end, random.Pick(others).ToString());
    }

    // Short words become other words too easily, and a first letter is rarely missed.
    private static bool InsideLongWord(string text, int at)
    {
        var (start, end) = (at, at);
        while (start > 0 && char.IsAsciiLetter(text[start - 1])) start--;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        return end - start >= ShortestWord && at > start;
    }
}
