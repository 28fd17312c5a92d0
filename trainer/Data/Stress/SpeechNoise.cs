using System.Text;
using Edge.Trainer.Common;
using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Data.Stress;

/// <summary>
/// What speech recognition makes of an utterance: digits as words, no punctuation, small letters, words that sound alike, and now and
/// then a character lost or doubled.
/// </summary>
internal sealed class SpeechNoise
{
    private const int CharactersPerMishearing = 10, MostMishearings = 3;
    private const double HomophoneShare = 0.5, DroppedShare = 0.3, DoubledShare = 0.3;

    private readonly Homophones _homophones;
    private readonly SpokenDigits _digits;
    private readonly CharacterGroups _sameSound;
    private readonly bool _spaced;

    /// <param name="language">Language of the utterances.</param>
    public SpeechNoise(string language)
    {
        (_homophones, _digits, _sameSound) =
            (Homophones.For(language), SpokenDigits.For(language), new CharacterGroups("samesound", language));
        _spaced = !LanguageTag.IsChinese(language);
    }

    /// <summary>Makes the noise.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        utterance = Punctuation.Remove(_digits.Apply(utterance));
        if (_spaced)
            utterance = utterance with { Text = LowerCase(utterance.Text) };
        if (random.Chance(HomophoneShare))
            utterance = _homophones.Apply(utterance, random);
        utterance = Mishear(utterance, random);
        if (random.Chance(DroppedShare))
            utterance = Characters.DropOne(utterance, random);
        if (random.Chance(DoubledShare))
            utterance = Characters.DoubleOne(utterance, random);
        return utterance;
    }

    private LabelledUtterance Mishear(LabelledUtterance utterance, SeededRandom random)
    {
        var places = FreePlaces.Characters(utterance, Rune.IsLetter)
            .Where(place => _sameSound.Of(utterance.Text[place.Start..place.End]).Count > 0).ToList();
        random.Shuffle(places);
        var count = Math.Clamp(utterance.Text.Length / CharactersPerMishearing, 1, MostMishearings);
        return TextEdits.Apply(utterance, places.Take(count)
            .Select(place =>
                new TextEdit(place.Start, place.End, random.Pick(_sameSound.Of(utterance.Text[place.Start..place.End])).ToString()))
                .ToArray());
    }

    // Unit by unit, so that no place moves.
    private static string LowerCase(string text) => string.Create(text.Length, text, (units, source) =>
    {
        for (var i = 0; i < units.Length; i++)
            units[i] = char.ToLowerInvariant(source[i]);
    });
}
