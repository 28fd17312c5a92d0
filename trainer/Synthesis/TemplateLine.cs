namespace Edge.Trainer.Synthesis;

/// <summary>One line of a section.</summary>
/// <param name="Text">As it stands in the file; the line's identity.</param>
/// <param name="Node">What it means.</param>
/// <param name="Weight">How often it is taken, relative to the section's other lines.</param>
internal sealed record TemplateLine(string Text, GrammarNode Node, double Weight);
