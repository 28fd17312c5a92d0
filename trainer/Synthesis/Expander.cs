using System.Text;
using Edge.Bundles.Decoding;
using Edge.Trainer.Common;

namespace Edge.Trainer.Synthesis;

/// <summary>Expands templates into the text of one utterance and notes where entities stand.</summary>
/// <param name="grammar">Where sections and lexicons are found.</param>
/// <param name="intent">Whose sections stand first.</param>
/// <param name="split">Whose templates and values are used.</param>
/// <param name="random">Random numbers.</param>
internal sealed class Expander(Grammar grammar, IntentGrammar intent, Split split, SeededRandom random)
{
    private const double OptionalShare = 0.5;
    private const int TriesForAnotherValue = 10;
    private const int TriesForAnotherLine = 5;

    private readonly StringBuilder _text = new();
    private readonly List<EntitySpan> _spans = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    // A caller who names the order twice means the same order.
    private readonly Dictionary<(string Lexicon, int Number), (string Value, string Companion)> _values = [];

    /// <summary>The text so far.</summary>
    public string Text => _text.ToString();

    /// <summary>The entities so far.</summary>
    public IReadOnlyList<EntitySpan> Spans => _spans;

    /// <summary>Adds a line of a section. Within one utterance no line is used twice.</summary>
    public void Add(string section)
    {
        var found = grammar.Section(intent, section);
        var line = found.Pick(split, random);
        for (var i = 0; i < TriesForAnotherLine && !found.IsShared && !_used.Add(line.Text); i++) line = found.Pick(split, random);
        Add(line.Node);
    }

    private void Add(GrammarNode node)
    {
        switch (node)
        {
            case GrammarNode.Literal literal: _text.Append(literal.Text); break;
            case GrammarNode.Sequence sequence:
                foreach (var item in sequence.Items) Add(item);
                break;
            case GrammarNode.Choice choice: Add(random.Pick(choice.Items)); break;
            case GrammarNode.Optional optional:
                if (random.Chance(OptionalShare)) Add(optional.Item);
                break;
            case GrammarNode.Reference reference: Add(reference.Section); break;
            case GrammarNode.Digit digit: _text.Append((char)('0' + (digit.Zero ? random.Next(10) : random.Next(1, 10)))); break;
            case GrammarNode.Slot slot: Add(slot); break;
            default: throw new InvalidOperationException($"{node.GetType().Name} has no expansion.");
        }
    }

    private void Add(GrammarNode.Slot slot)
    {
        var key = (slot.Lexicon, slot.Number);
        if (!_values.TryGetValue(key, out var value)) _values.Add(key, value = NewValue(slot.Lexicon));
        if (slot.Companion)
        {
            _text.Append(value.Companion);
            return;
        }

        _spans.Add(new EntitySpan(slot.Label, _text.Length, _text.Length + value.Value.Length));
        _text.Append(value.Value);
    }

    private (string Value, string Companion) NewValue(string lexicon)
    {
        // "The difference between plan A and plan A" is what nobody asks.
        var value = grammar.Lexicon(lexicon).Pick(split, random, Expand);
        for (var i = 0; i < TriesForAnotherValue && _values.Any(used => used.Value.Value == value.Value); i++)
            value = grammar.Lexicon(lexicon).Pick(split, random, Expand);
        return value;
    }

    private string Expand(GrammarNode pattern)
    {
        var inner = new Expander(grammar, intent, split, random);
        inner.Add(pattern);
        return inner.Text;
    }
}
