namespace Edge.Trainer.Synthesis;

/// <summary>One file of Grammar/*/intents.</summary>
/// <param name="Intent">The label.</param>
/// <param name="Weight">How often callers have it, relative to the others.</param>
/// <param name="Sentiments">How often each sentiment goes with it.</param>
/// <param name="Sections">Its own sections, which stand before the shared ones of the same name.</param>
internal sealed record IntentGrammar(
    string Intent, double Weight, IReadOnlyList<(string Sentiment, double Weight)> Sentiments,
    IReadOnlyDictionary<string, TemplateSection> Sections);
