namespace Edge.Bundles.Inference.Batching;

/// <summary>A bucket's shape.</summary>
/// <param name="Rows">Utterances side by side.</param>
/// <param name="Length">Tokens of each, padding included.</param>
public readonly record struct BatchShape(int Rows, int Length);
