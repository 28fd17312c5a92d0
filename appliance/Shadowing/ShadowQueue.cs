using System.Threading.Channels;
using Edge.Appliance.UncertainCases;

namespace Edge.Appliance.Shadowing;

/// <summary>
/// Answered utterances that wait for the candidate. Bounded, and never in anybody's way: while callers keep the box busy the oldest are
/// still there, and further ones are passed over.
/// </summary>
internal sealed class ShadowQueue
{
    private const int Capacity = 256;

    private readonly Channel<AnsweredUtterance> _channel = Channel.CreateBounded<AnsweredUtterance>(Capacity);
    private volatile string? _candidate;
    private long _passedOver;

    /// <summary>Id of the candidate that listens; null where none does.</summary>
    public string? Candidate
    {
        get => _candidate;
        set => _candidate = value;
    }

    /// <summary>Utterances that were passed over since the start because the box was busy.</summary>
    public long PassedOver => Interlocked.Read(ref _passedOver);

    /// <summary>Offers an answered utterance; without a candidate, or where there is no place, nothing happens.</summary>
    public void Offer(in AnsweredUtterance answered)
    {
        if (_candidate is null)
            return;
        if (_channel.Reader.Count >= Capacity
            || !_channel.Writer.TryWrite(answered with { Analyzed = answered.Analyzed.Copy() }))
        {
            Interlocked.Increment(ref _passedOver);
        }
    }

    /// <summary>Waits for the next one.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _channel.Reader.WaitToReadAsync(cancellation);

    /// <summary>Takes the oldest.</summary>
    public bool TryTake(out AnsweredUtterance answered) => _channel.Reader.TryRead(out answered);
}
