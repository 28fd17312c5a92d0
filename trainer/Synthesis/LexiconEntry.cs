namespace Edge.Trainer.Synthesis;

/// <summary>One line of a lexicon.</summary>
/// <param name="Node">The value, or the pattern that values are made from.</param>
/// <param name="Companion">The word that goes with it, for example its measure word; empty without.</param>
/// <param name="Weight">How often it is taken, relative to the lexicon's other entries.</param>
internal sealed record LexiconEntry(GrammarNode Node, string Companion, double Weight)
{
    /// <summary>The value where it is fixed, <c>null</c> for a pattern.</summary>
    public string? Fixed => (Node as GrammarNode.Literal)?.Text;
}
