using Edge.Bundles.Inference.Batching;
using Edge.Bundles.Tokenization;

namespace Edge.Appliance.Analysis;

/// <summary>Text to predictions, several utterances at a time, with one bundle on one device. Not for use by two threads at once.</summary>
/// <param name="bundle">The bundle.</param>
/// <param name="session">Its model.</param>
/// <param name="device">What runs it, for messages: <c>cuda:0</c>.</param>
/// <param name="close">Frees the session.</param>
internal sealed class BatchAnalyzer(ServedBundle bundle, BatchSession session, string device, Action<BatchSession> close) : IAnalyzer
{
    private readonly UtteranceDecoder _decoder = new(bundle);
    private readonly TokenBuffer _alone = new();

    /// <summary>What runs the model.</summary>
    public string Device => device;

    /// <summary>An utterance of our own, of few tokens.</summary>
    public static TokenBuffer Filler(ServedBundle bundle)
    {
        var tokens = new TokenBuffer();
        bundle.Tokenizer.Encode(AnalysisQueue.Probe, null, bundle.Task.MaxLength, tokens);
        return tokens;
    }

    /// <summary>An empty batch of its bundle and shapes.</summary>
    public MicroBatch CreateBatch() => new(bundle, session.Shapes);

    /// <inheritdoc/>
    public AnalyzedUtterance Analyze(string text, string? context = null)
    {
        bundle.Tokenizer.Encode(text, bundle.Task.UsesContext ? context : null, bundle.Task.MaxLength, _alone);
        session.Run([_alone]);
        return _decoder.Decode(text, _alone.View, session[0]);
    }

    /// <summary>Does long work on the device's thread.</summary>
    public Task RunOnDeviceAsync(Action work) => session.RunOnDeviceAsync(work);

    /// <summary>Runs a batch; <see cref="Decode"/> then says what came out.</summary>
    /// <exception cref="InvalidOperationException">The model could not run.</exception>
    public void Run(MicroBatch batch) => session.Run(batch.Tokens);

    /// <summary>What the bundle says of an utterance of the batch that was run last; the caller disposes it.</summary>
    public AnalyzedUtterance Decode(MicroBatch batch, int row) =>
        _decoder.Decode(batch.Pending[row].Text, batch.Tokens[row].View, session[row]);

    /// <inheritdoc/>
    public void Dispose() => close(session);
}
