namespace Edge.Bench.Comparison;

/// <summary>What the process of a side says of itself.</summary>
/// <param name="Bundle">Id of the bundle.</param>
/// <param name="Precision">Precision that it runs.</param>
/// <param name="Runtime">What runs the model, with its version.</param>
/// <param name="Texts">Utterances of several lengths that the model reads whole.</param>
internal sealed record SideReady(string Bundle, string Precision, string Runtime, IReadOnlyList<string> Texts);
