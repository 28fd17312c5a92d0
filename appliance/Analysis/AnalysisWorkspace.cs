using Edge.Bundles.Inference;
using Edge.Bundles.Tokenization;

namespace Edge.Appliance.Analysis;

/// <summary>What one analysis at a time needs: the tokens, and the model's input and output.</summary>
internal sealed class AnalysisWorkspace(StudentSession session) : IDisposable
{
    /// <summary>The utterance's tokens.</summary>
    public TokenBuffer Tokens { get; } = new();

    /// <summary>The model's buffers.</summary>
    public HeadLogits Logits { get; } = session.CreateLogits();

    /// <inheritdoc/>
    public void Dispose() => Logits.Dispose();
}
