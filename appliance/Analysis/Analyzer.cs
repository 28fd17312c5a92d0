using System.Collections.Concurrent;
using Edge.Bundles.Decoding;
using Edge.Bundles.Inference;
using Edge.Bundles.Tokenization;

namespace Edge.Appliance.Analysis;

/// <summary>Text to predictions, with one bundle. Thread-safe: each caller rents buffers of its own.</summary>
internal sealed class Analyzer(ServedBundle bundle) : IDisposable
{
    private readonly ConcurrentBag<HeadLogits> _idle = [];

    /// <summary>Analyses one utterance on the calling thread.</summary>
    public AnalyzedUtterance Analyze(string text, string? context = null)
    {
        var encoded = bundle.Tokenizer.Encode(text, bundle.Task.UsesContext ? context : null, bundle.Task.MaxLength);
        var heads = bundle.Task.Heads;
        var predictions = new HeadPrediction[heads.Count];
        var accepted = new bool[heads.Count];
        var logits = Rent();
        try
        {
            bundle.Session.Run(encoded, logits);
            for (var i = 0; i < heads.Count; i++)
            {
                predictions[i] = HeadDecoder.Decode(heads[i], logits[i], encoded, bundle.TemperatureOf(heads[i]));
                accepted[i] = predictions[i].Confidence >= bundle.ThresholdOf(heads[i]);
            }
        }
        finally
        {
            _idle.Add(logits);
        }
        return new AnalyzedUtterance
        {
            Text = text,
            Heads = heads,
            Predictions = predictions,
            Accepted = accepted,
            Truncated = encoded.Truncated,
        };
    }

    /// <summary>
    /// Runs every length once in the buffers of every worker: ONNX Runtime allocates and binds per length at the first run,
    /// and no caller shall pay for that.
    /// </summary>
    public void WarmUp(int workers)
    {
        var buffers = Enumerable.Range(0, workers).Select(_ => Rent()).ToArray();
        Parallel.ForEach(buffers, logits =>
        {
            for (var length = 3; length <= bundle.Task.MaxLength; length++)
                bundle.Session.Run(Filler(length), logits);
        });
        foreach (var logits in buffers)
            _idle.Add(logits);
    }

    /// <summary>Frees the buffers; the session is the bundle's.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var logits))
            logits.Dispose();
    }

    private HeadLogits Rent() => _idle.TryTake(out var logits) ? logits : bundle.Session.CreateLogits();

    // [CLS] [UNK]... [SEP]
    private EncodedUtterance Filler(int length)
    {
        var ids = new int[length];
        Array.Fill(ids, bundle.Tokenizer.UnknownId);
        ids[0] = bundle.Tokenizer.ClassifyId;
        ids[^1] = bundle.Tokenizer.SeparatorId;
        return new EncodedUtterance
        {
            Ids = ids,
            TypeIds = new int[length],
            Offsets = new SourceSpan[length],
            TextStart = 1,
            TextCount = length - 2,
            Truncated = false,
        };
    }
}
