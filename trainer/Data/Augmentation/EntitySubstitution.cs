using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>Replaces entities by others of the same head and label that the training set has.</summary>
internal sealed class EntitySubstitution
{
    private readonly Dictionary<(string Head, string Label), string[]> _values;

    /// <param name="training">Where the values come from.</param>
    public EntitySubstitution(IEnumerable<LabelledUtterance> training) =>
        _values = training
            .SelectMany(
                u => u.Spans.SelectMany(pair => pair.Value.Select(span => (pair.Key, span.Label, Value: u.Text[span.Start..span.End]))))
            .Distinct()
            .GroupBy(item => (item.Key, item.Label))
            .ToDictionary(group => group.Key, group => group.Select(item => item.Value).Order(StringComparer.Ordinal).ToArray());

    /// <summary>Replaces every entity; equal ones stay equal, so that what the caller repeats is repeated.</summary>
    public LabelledUtterance Apply(LabelledUtterance utterance, SeededRandom random)
    {
        // Entities of several span heads may overlap each other: such an utterance stays as it is.
        if (utterance.Spans.Count(pair => pair.Value.Count > 0) > 1) return utterance;
        var edits = new List<TextEdit>();
        var chosen = new Dictionary<(string, string), string>();
        foreach (var (head, spans) in utterance.Spans)
        {
            foreach (var span in spans)
            {
                var old = utterance.Text[span.Start..span.End];
                if (!_values.TryGetValue((head, span.Label), out var values)) continue;
                if (!chosen.TryGetValue((span.Label, old), out var value)) chosen.Add((span.Label, old), value = random.Pick(values));
                edits.Add(new TextEdit(span.Start, span.End, value));
            }
        }

        return TextEdits.Apply(utterance, edits);
    }
}
