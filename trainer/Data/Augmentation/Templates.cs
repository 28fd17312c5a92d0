using Edge.Bundles.Decoding;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>
/// Puts the entities of an utterance into the sentence of another training utterance that has places for the same labels: what
/// callers wish and how they say it is combined anew. The sentence brings its own labels of the other heads.
/// </summary>
internal sealed class Templates
{
    private readonly Dictionary<string, LabelledUtterance[]> _bySlots;

    /// <param name="training">Where the sentences come from.</param>
    public Templates(IEnumerable<LabelledUtterance> training) =>
        _bySlots = training.Select(utterance => (Slots: Slots(utterance), Utterance: utterance)).Where(entry => entry.Slots is not null)
            .GroupBy(entry => entry.Slots!, entry => entry.Utterance, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>
    /// Another sentence with this utterance's entities; the utterance itself where it has none, has them in several heads, or
    /// shares its labels with no other. The chance of a sentence is its share of the training set, so labels keep their shares.
    /// </summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        if (Slots(utterance) is not { } slots || !_bySlots.TryGetValue(slots, out var templates)) return utterance;
        var template = random.Pick(templates);
        if (template.Words == utterance.Words) return utterance;
        var (head, places) = template.Spans.Single(pair => pair.Value.Count > 0);
        var values = utterance.Spans[head].GroupBy(span => span.Label, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Queue<EntitySpan>(group), StringComparer.Ordinal);
        return TextEdits.Apply(template, places.Select(place =>
        {
            var value = values[place.Label].Dequeue();
            return new TextEdit(place.Start, place.End, utterance.Text[value.Start..value.End]);
        }).ToArray());
    }

    // Head and labels in any order; null where there is nothing to fill. Entities of several heads may overlap.
    private static string? Slots(LabelledUtterance utterance)
    {
        var filled = utterance.Spans.Where(pair => pair.Value.Count > 0).ToArray();
        return filled.Length != 1 ? null : $"{filled[0].Key} {string.Join('\u001F', filled[0].Value.Select(span => span.Label).Order(StringComparer.Ordinal))}";
    }
}
