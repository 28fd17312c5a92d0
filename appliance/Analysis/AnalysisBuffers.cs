using System.Collections.Concurrent;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Analysis;

/// <summary>Memory of one answer, from the analysis until the answer is written; then it serves the next one.</summary>
internal sealed class AnalysisBuffers
{
    private readonly ConcurrentBag<AnalysisBuffers> _pool;
    private readonly HeadBuffers[] _heads;
    private int _isRented;

    private AnalysisBuffers(ConcurrentBag<AnalysisBuffers> pool, IReadOnlyList<HeadDefinition> heads)
    {
        _pool = pool;
        _heads = [.. heads.Select(head => new HeadBuffers(head))];
        (Predictions, Accepted) = (new HeadPrediction[heads.Count], new bool[heads.Count]);
    }

    /// <summary>One prediction a head.</summary>
    public HeadPrediction[] Predictions { get; }

    /// <summary>For each head, whether its confidence reached the bundle's threshold.</summary>
    public bool[] Accepted { get; }

    /// <summary>Takes buffers from a pool, or makes some.</summary>
    public static AnalysisBuffers Rent(ConcurrentBag<AnalysisBuffers> pool, IReadOnlyList<HeadDefinition> heads)
    {
        var buffers = pool.TryTake(out var idle) ? idle : new AnalysisBuffers(pool, heads);
        buffers._isRented = 1;
        return buffers;
    }

    /// <summary>What a head's prediction lies in.</summary>
    public HeadBuffers this[int head] => _heads[head];

    /// <summary>Gives them back; a second time changes nothing.</summary>
    public void Return()
    {
        if (Interlocked.Exchange(ref _isRented, 0) == 1)
            _pool.Add(this);
    }
}
