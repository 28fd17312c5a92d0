using System.Buffers;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Sounds and words that callers say while they think.</summary>
internal sealed class Fillers
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("，,。；？！;");

    private readonly IReadOnlyList<string> _fillers;
    private readonly bool _spaced;

    private Fillers(string language)
    {
        _fillers = WordLists.Read("fillers", language);
        _spaced = !LanguageTag.IsChinese(language);
    }

    /// <summary>The fillers of a language; none where there is no list.</summary>
    public static Fillers For(string language) => new(language);

    /// <summary>Puts one filler at the start or behind a mark.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        if (_fillers.Count == 0) return utterance;
        var places = new List<int> { 0 };
        for (var at = 0; at + 1 < utterance.Text.Length; at++)
            if (Marks.Contains(utterance.Text[at])
                && !utterance.Spans.Values.Any(list => list.Any(span => span.Start < at + 1 && at + 1 < span.End))) places.Add(at + 1);
        var place = random.Pick(places);
        var filler = random.Pick(_fillers);
        if (_spaced) filler = place == 0 ? filler + " " : " " + filler;
        else if (random.Chance(0.3) && utterance.Text.Contains('，', StringComparison.Ordinal)) filler += "，";
        return TextEdits.Apply(utterance, [new TextEdit(place, place, filler)]);
    }
}
