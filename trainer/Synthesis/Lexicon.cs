using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Synthesis;

/// <summary>
/// Values of entities. Each fixed value belongs to one split; a value made from a pattern belongs to the split that its
/// hash gives, and patterns are drawn again until it is the wanted one.
/// </summary>
internal sealed class Lexicon
{
    private const int Tries = 500;

    private readonly IReadOnlyList<LexiconEntry>[] _entries;
    private readonly SpokenDigits _digits;

    /// <param name="name">Name that slots refer to.</param>
    /// <param name="entries">Its own entries.</param>
    /// <param name="included">Lexicons whose entries it has too; they keep the splits they have there.</param>
    /// <param name="language">Language, for how digits are said.</param>
    public Lexicon(string name, IReadOnlyList<LexiconEntry> entries, IReadOnlyList<Lexicon> included, string language)
    {
        Name = name;
        _digits = SpokenDigits.For(language);
        var patterns = entries.Where(entry => entry.Fixed is null).ToArray();
        var values = entries.Where(entry => entry.Fixed is not null).ToArray();
        IReadOnlyList<LexiconEntry>[] parts = values.Length == 0 ? [[], [], []] : Partition.Of(values, entry => entry.Fixed!);
        _entries = [
            .. parts.Select(
                (part, split) =>
                    (IReadOnlyList<LexiconEntry>)[.. part, .. patterns, .. included.SelectMany(other => other._entries[split])])];
    }

    /// <summary>Name that slots refer to.</summary>
    public string Name { get; }

    /// <summary>All entries, whatever their split; patterns come once for each split.</summary>
    public IEnumerable<LexiconEntry> Entries => _entries.SelectMany(part => part);

    /// <summary>Draws a value of a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="expand">Makes text from a pattern.</param>
    public (string Value, string Companion) Pick(Split split, SeededRandom random, Func<GrammarNode, string> expand)
    {
        for (var i = 0; i < Tries; i++)
        {
            var entry = Weighted.Pick(_entries[(int)split], item => item.Weight, random);
            if (entry.Fixed is { } value) return (value, entry.Companion);
            value = expand(entry.Node);
            // As it is said: 10元 and 十元 are the same value, whichever way noise makes it come out.
            if (Partition.Of(
                _digits.Apply(new LabelledUtterance { Text = value }).Text.ToLowerInvariant()) == split) return (value, entry.Companion);
        }

        throw new InvalidOperationException($"Lexicon {Name} has patterns with so few values that {split} finds none; widen them.");
    }
}
