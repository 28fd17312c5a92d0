using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Analysis;

/// <summary>
/// What the bundle says of one utterance. Whoever has it disposes it once the answer is written: its memory serves another one.
/// </summary>
internal readonly record struct AnalyzedUtterance : IDisposable
{
    /// <summary>The text that was analysed; spans point into it.</summary>
    public required string Text { get; init; }

    /// <summary>Id of the bundle that says it.</summary>
    public required string Bundle { get; init; }

    /// <summary>The heads, in the task's order.</summary>
    public required IReadOnlyList<HeadDefinition> Heads { get; init; }

    /// <summary>One prediction a head, in the same order.</summary>
    public required HeadPrediction[] Predictions { get; init; }

    /// <summary>
    /// For each head, whether its answer is accepted: the confidence reaches the threshold, and the utterance is not out of its scope.
    /// </summary>
    public required bool[] Accepted { get; init; }

    /// <summary>
    /// How unlike the utterances that the scope's head knows it is, 0 to 1; <c>null</c> where the bundle does not say.
    /// </summary>
    public float? OutOfScope { get; init; }

    /// <summary>Whether tokens were cut because the text is longer than the model reads.</summary>
    public required bool Truncated { get; init; }

    /// <summary>What predictions lie in; null: memory of their own.</summary>
    public AnalysisBuffers? Buffers { get; init; }

    /// <summary>Whether a person should look at it.</summary>
    public bool IsUncertain => Array.IndexOf(Accepted, false) >= 0;

    /// <summary>The same in memory of its own, for whoever reads it after the answer was written.</summary>
    public AnalyzedUtterance Copy() => this with
    {
        Predictions = [
            .. Predictions.Select(prediction => prediction with
            {
                Labels = [.. prediction.Labels], Spans = [.. prediction.Spans], Probabilities = [.. prediction.Probabilities],
            })],
        Accepted = [.. Accepted],
        Buffers = null,
    };

    /// <inheritdoc/>
    public void Dispose() => Buffers?.Return();
}
