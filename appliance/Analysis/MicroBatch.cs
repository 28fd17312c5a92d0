using Edge.Bundles.Inference.Batching;
using Edge.Bundles.Tokenization;

namespace Edge.Appliance.Analysis;

/// <summary>Utterances that run together: the oldest, and as many after it as a bucket holds.</summary>
internal sealed class MicroBatch
{
    private readonly ServedBundle _bundle;
    private readonly BatchShapes _shapes;
    private readonly PendingAnalysis[] _pending = new PendingAnalysis[BatchShapes.MostRows];
    private readonly TokenBuffer[] _tokens = new TokenBuffer[BatchShapes.MostRows];
    private int _longest;

    /// <summary>Makes an empty batch.</summary>
    public MicroBatch(ServedBundle bundle, BatchShapes shapes)
    {
        (_bundle, _shapes) = (bundle, shapes);
        for (var row = 0; row < _tokens.Length; row++)
            _tokens[row] = new TokenBuffer();
    }

    /// <summary>Utterances in it.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no further one can be in it.</summary>
    public bool IsFull => Count > 0 && Count == _shapes.MostRowsFor(_longest);

    /// <summary>Their tokens.</summary>
    public ReadOnlySpan<TokenBuffer> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>Who wait.</summary>
    public ReadOnlySpan<PendingAnalysis> Pending => _pending.AsSpan(0, Count);

    /// <summary>Adds an utterance.</summary>
    /// <returns>False where it is too long for a batch of that many: it comes first in the next one. One that cannot be read at all is told
    /// so and is in no batch.</returns>
    public bool TryAdd(PendingAnalysis pending)
    {
        var tokens = _tokens[Count];
        try
        {
            _bundle.Tokenizer.Encode(
                pending.Text, _bundle.Task.UsesContext ? pending.Context : null, _bundle.Task.MaxLength, tokens);
        }
        catch (Exception failure)
        {
            pending.Completion.SetException(failure); // as a processor's worker does
            return true;
        }
        var longest = Math.Max(_longest, tokens.View.Length);
        if (Count + 1 > _shapes.MostRowsFor(longest))
            return false;
        (_pending[Count++], _longest) = (pending, longest);
        return true;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Array.Clear(_pending, 0, Count);
        (Count, _longest) = (0, 0);
    }
}
