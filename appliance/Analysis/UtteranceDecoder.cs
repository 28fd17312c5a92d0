using System.Collections.Concurrent;
using Edge.Bundles.Decoding;
using Edge.Bundles.Inference;
using Edge.Bundles.Tokenization;

namespace Edge.Appliance.Analysis;

/// <summary>Logits to predictions, in memory that serves one answer after another. Thread-safe.</summary>
internal sealed class UtteranceDecoder(ServedBundle bundle)
{
    private readonly ConcurrentBag<AnalysisBuffers> _idle = [];

    /// <summary>Says what the bundle says of an utterance.</summary>
    /// <param name="text">The utterance.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="logits">What the model made of them.</param>
    /// <returns>Whoever has it disposes it.</returns>
    public AnalyzedUtterance Decode<TLogits>(string text, TokenView tokens, TLogits logits)
        where TLogits : IUtteranceLogits
    {
        var heads = bundle.Task.Heads;
        var buffers = AnalysisBuffers.Rent(_idle, heads);
        try
        {
            for (var i = 0; i < heads.Count; i++)
            {
                var prediction = HeadDecoder.Decode(heads[i], logits[i], tokens, bundle.TemperatureOf(heads[i]), buffers[i]);
                (buffers.Predictions[i], buffers.Accepted[i]) = (prediction, bundle.Acceptance.Accepts(i, prediction));
            }
            var outOfScope = bundle.Scope?.ScoreOf(buffers.Predictions, logits);
            if (outOfScope is { } score && !bundle.Acceptance.AcceptsScope(score))
                buffers.Accepted[bundle.Scope!.Head] = false;
            return new AnalyzedUtterance
            {
                Text = text,
                Bundle = bundle.Id,
                Heads = heads,
                Predictions = buffers.Predictions,
                Accepted = buffers.Accepted,
                OutOfScope = outOfScope,
                Truncated = tokens.Truncated,
                Buffers = buffers,
            };
        }
        catch
        {
            buffers.Return();
            throw;
        }
    }
}
