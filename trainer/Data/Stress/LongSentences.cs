using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Data.Stress;

/// <summary>Puts a neutral clause before and one behind an utterance: callers who take their time.</summary>
internal sealed class LongSentences
{
    private readonly IReadOnlyList<string> _before;
    private readonly IReadOnlyList<string> _after;
    private readonly string _space;

    private LongSentences(string language, IReadOnlyList<string> before)
    {
        (_before, _after) = (before, WordLists.Read("after", language));
        _space = LanguageTag.IsChinese(language) ? "" : " ";
    }

    /// <summary>The clauses of a language; <c>null</c> where there are none.</summary>
    public static LongSentences? For(string language) => WordLists.Read("before", language) is { Count: > 0 } before ? new LongSentences(language, before) : null;

    /// <summary>Makes the utterance longer at both ends.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        var (before, after) = (random.Pick(_before), random.Pick(_after));
        var end = utterance.Text.AsSpan().TrimEnd("。！？.!?~ ").Length;
        if (!FreePlaces.IsFree(utterance, end))
            end = utterance.Text.Length;
        return TextEdits.Apply(utterance, [new TextEdit(0, 0, before + _space), new TextEdit(end, end, _space + after)]);
    }
}
