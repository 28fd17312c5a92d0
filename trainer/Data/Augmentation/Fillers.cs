using System.Buffers;
using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Sounds and words that callers say while they think.</summary>
internal sealed class Fillers
{
    private static readonly SearchValues<char> Punctuation = SearchValues.Create("，,。；？！;");

    private readonly IReadOnlyList<string> _fillers;
    private readonly bool _spaced;

    private Fillers(string language)
    {
        _fillers = WordLists.Read("fillers", language);
        _spaced = !LanguageTag.IsChinese(language);
    }

    /// <summary>The fillers of a language; none where there is no list.</summary>
    public static Fillers For(string language) => new(language);

    /// <summary>Puts one filler at the start, behind a punctuation mark, or between two words of a language that parts them.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        if (_fillers.Count == 0) return utterance;
        var place = random.Pick(Places(utterance));
        var filler = random.Pick(_fillers);
        if (_spaced) filler = place == 0 ? filler + " " : " " + filler;
        else if (random.Chance(0.3) && utterance.Text.Contains('，', StringComparison.Ordinal)) filler += "，";
        return TextEdits.Apply(utterance, [new TextEdit(place, place, filler)]);
    }

    private List<int> Places(LabelledUtterance utterance)
    {
        var (text, places) = (utterance.Text, new List<int> { 0 });
        for (var at = 1; at < text.Length; at++)
            if ((Punctuation.Contains(text[at - 1]) || (_spaced && text[at] == ' ' && text[at - 1] != ' '))
                && FreePlaces.IsFree(utterance, at))
                places.Add(at);
        return places;
    }
}
