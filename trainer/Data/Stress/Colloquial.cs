using System.Buffers;
using Edge.Trainer.Common;
using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Data.Stress;

/// <summary>Puts openings, hesitation, particles and politeness around and into an utterance.</summary>
internal sealed class Colloquial
{
    private const double OpeningShare = 0.7, EndingShare = 0.6, HesitationShare = 0.5;

    private static readonly SearchValues<char> Punctuation = SearchValues.Create("，,；;、");

    private readonly IReadOnlyList<string> _openings;
    private readonly IReadOnlyList<string> _endings;
    private readonly IReadOnlyList<string> _hesitations;
    private readonly bool _spaced;

    private Colloquial(string language, IReadOnlyList<string> openings)
    {
        (_openings, _endings, _hesitations) = (openings, WordLists.Read("endings", language), WordLists.Read("hesitations", language));
        _spaced = !LanguageTag.IsChinese(language);
    }

    /// <summary>The words of a language; <c>null</c> where there are none.</summary>
    public static Colloquial? For(string language) =>
        WordLists.Read("openings", language) is { Count: > 0 } openings ? new Colloquial(language, openings) : null;

    /// <summary>Adds at least an opening or an ending.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        var text = utterance.Text;
        var edits = new List<TextEdit>();
        var (opening, ending, hesitation) = (random.Chance(OpeningShare), random.Chance(EndingShare), random.Chance(HesitationShare));
        if (opening || !ending)
            edits.Add(Insert(0, random.Pick(_openings) + (_spaced ? " " : "，")));
        var end = text.AsSpan().TrimEnd("。！？.!?~ ").Length;
        if (hesitation && Places(utterance, end) is { Count: > 0 } places)
        {
            var place = random.Pick(places);
            edits.Add(Insert(place, _spaced ? " " + random.Pick(_hesitations) : random.Pick(_hesitations)));
        }

        if (ending && end > 0 && FreePlaces.IsFree(utterance, end))
            edits.Add(Insert(end, _spaced ? " " + random.Pick(_endings) : random.Pick(_endings)));
        return TextEdits.Apply(utterance, edits);
    }

    // Behind a punctuation mark; between two words of a language that parts them.
    private List<int> Places(LabelledUtterance utterance, int end)
    {
        var places = new List<int>();
        for (var place = 1; place < end; place++)
            if ((Punctuation.Contains(utterance.Text[place - 1]) || (_spaced && utterance.Text[place] == ' '))
                && FreePlaces.IsFree(utterance, place))
                places.Add(place);
        return places;
    }

    private static TextEdit Insert(int place, string text) => new(place, place, text);
}
