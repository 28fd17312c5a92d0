using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Clauses around an utterance that say nothing of it: no wish, no feeling, no entity.</summary>
internal sealed class NeutralClauses
{
    private const double BeforeOnlyShare = 0.5, BehindOnlyShare = 0.25, MarklessShare = 0.5;
    private const string Comma = "，";

    private readonly IReadOnlyList<string> _before;
    private readonly IReadOnlyList<string> _behind;
    private readonly string _space;

    private NeutralClauses(IReadOnlyList<string> before, IReadOnlyList<string> behind, string language)
    {
        (_before, _behind) = (before, behind);
        _space = LanguageTag.IsChinese(language) ? "" : " ";
    }

    /// <summary>Clauses of a language; <c>null</c> where there are none.</summary>
    /// <param name="before">Name of the list of those before an utterance (<see cref="WordLists"/>).</param>
    /// <param name="behind">Name of the list of those behind it.</param>
    /// <param name="language">Language of the utterances.</param>
    public static NeutralClauses? For(string before, string behind, string language) =>
        WordLists.Read(before, language) is { Count: > 0 } clauses
        ? new NeutralClauses(clauses, WordLists.Read(behind, language), language)
        : null;

    /// <summary>
    /// Puts one before the utterance, one behind it, or both; half of the time without the punctuation that parts them, as where
    /// recognition writes none.
    /// </summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        var share = random.NextDouble();
        var before = share >= BehindOnlyShare ? random.Pick(_before) : null;
        var behind = share < BehindOnlyShare || share >= BehindOnlyShare + BeforeOnlyShare ? random.Pick(_behind) : null;
        return random.Chance(MarklessShare)
            ? Put(utterance, before?.Replace(Comma, "", StringComparison.Ordinal), behind?.Replace(Comma, "", StringComparison.Ordinal))
            : Put(utterance, before, behind);
    }

    /// <summary>Puts one before the utterance and one behind it.</summary>
    public LabelledUtterance Surround(LabelledUtterance utterance, SeededRandom random) =>
        Put(utterance, random.Pick(_before), random.Pick(_behind));

    // In front of a closing punctuation mark, unless that is a part of an entity.
    private LabelledUtterance Put(LabelledUtterance utterance, string? before, string? behind)
    {
        var end = utterance.Text.AsSpan().TrimEnd("。！？.!?~ ").Length;
        if (!FreePlaces.IsFree(utterance, end))
            end = utterance.Text.Length;
        var edits = new List<TextEdit>();
        if (before is not null)
            edits.Add(new TextEdit(0, 0, before + _space));
        if (behind is not null)
            edits.Add(new TextEdit(end, end, _space + behind));
        return TextEdits.Apply(utterance, edits);
    }
}
