namespace Edge.Trainer.Synthesis;

/// <summary>A piece of a template. Grammar/README.md has the syntax.</summary>
internal abstract record GrammarNode
{
    /// <summary>Text as it stands.</summary>
    internal sealed record Literal(string Text) : GrammarNode;

    /// <summary>All items, in order.</summary>
    internal sealed record Sequence(IReadOnlyList<GrammarNode> Items) : GrammarNode;

    /// <summary><c>(a|b)</c>: one of the items, all equally likely.</summary>
    internal sealed record Choice(IReadOnlyList<GrammarNode> Items) : GrammarNode;

    /// <summary><c>(a)?</c>: the item or nothing.</summary>
    internal sealed record Optional(GrammarNode Item) : GrammarNode;

    /// <summary><c>&lt;name&gt;</c>: a line of a section.</summary>
    internal sealed record Reference(string Section) : GrammarNode;

    /// <summary><c>#</c>: a digit; <c>%</c>: a digit other than 0.</summary>
    internal sealed record Digit(bool Zero) : GrammarNode;

    /// <summary><c>{LABEL=lexicon*2}</c>: an entity; with <c>@</c> the word that goes with it (its measure word).</summary>
    internal sealed record Slot(string Label, string Lexicon, int Number, bool Companion) : GrammarNode;
}
