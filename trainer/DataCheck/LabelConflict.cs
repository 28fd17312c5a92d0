using Edge.Trainer.Data;
using Edge.Trainer.Data.Duplicates;

namespace Edge.Trainer.DataCheck;

/// <summary>Utterances of equal or nearly equal text whose annotations of a head differ.</summary>
/// <param name="Head">The head.</param>
/// <param name="Exact">True where text and context are equal to the letter.</param>
/// <param name="Members">The utterances with their values, one for each place.</param>
internal sealed record LabelConflict(string Head, bool Exact, IReadOnlyList<(LabelledUtterance Utterance, string Value)> Members)
{
    private const int PlacesShown = 3;

    /// <summary>Finds the conflicts within groups of near-duplicates; groups in which texts are equal come first.</summary>
    public static IReadOnlyList<LabelConflict> Find(IReadOnlyList<LabelledUtterance> utterances, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        var conflicts = new List<LabelConflict>();
        foreach (var group in groups)
        {
            var members = group.Select(i => utterances[i]).ToArray();
            foreach (var texts in members.GroupBy(utterance => utterance.Words))
                conflicts.AddRange(ByHead([.. texts], exact: true));
            // Entities of texts that are not equal differ as the texts do.
            var found = conflicts.Where(conflict => conflict.Exact).Select(conflict => (conflict.Head, conflict.Members[0].Utterance.Text))
                .ToHashSet();
            conflicts.AddRange(ByHead(members, exact: false).Where(conflict =>
                !conflict.Members[0].Utterance.Spans.ContainsKey(conflict.Head)
                && !conflict.Members.Any(member => found.Contains((conflict.Head, member.Utterance.Text)))));
        }

        return [.. conflicts.OrderByDescending(conflict => conflict.Exact)];
    }

    /// <summary>Only the conflicts of texts that are equal to the letter: found at once, however many utterances there are.</summary>
    public static IReadOnlyList<LabelConflict> FindExact(IReadOnlyList<LabelledUtterance> utterances) =>
        [.. utterances.GroupBy(utterance => utterance.Words).Where(group => group.Skip(1).Any())
            .SelectMany(group => ByHead([.. group], exact: true))];

    /// <summary>The conflict in one line.</summary>
    public override string ToString() =>
        $"{Head}: " + string.Join("; ", Members.GroupBy(member => member.Value).Select(values =>
            $"{values.Key} in {string.Join(", ", values.Take(PlacesShown).Select(member => Annotation.Place(member.Utterance)))}"
            + (values.Count() > PlacesShown ? $" and {values.Count() - PlacesShown} more" : "")
            + (Exact ? "" : $" \"{values.First().Utterance.Text}\"")))
        + (Exact ? $" \"{Members[0].Utterance.Text}\"" : "");

    private static IEnumerable<LabelConflict> ByHead(IReadOnlyList<LabelledUtterance> utterances, bool exact) =>
        utterances.SelectMany(utterance => Annotation.Of(utterance).Select(entry => (entry.Head, Utterance: utterance, entry.Value)))
            .GroupBy(entry => entry.Head, StringComparer.Ordinal)
            .Where(head => head.Select(entry => entry.Value).Distinct(StringComparer.Ordinal).Skip(1).Any())
            .Select(head => new LabelConflict(head.Key, exact, [.. head.Select(entry => (entry.Utterance, entry.Value))]));
}
