using System.Numerics;

namespace Edge.Bundles.Inference.Batching;

/// <summary>
/// The shapes that batches are padded to: few, because each one is bound, and on a GPU captured, once before anything is served. Lengths
/// are multiples of 8, which attention on GPUs is fast with; batches are powers of two.
/// </summary>
public sealed class BatchShapes
{
    /// <summary>Most utterances of a batch.</summary>
    public const int MostRows = 32;

    // 32 utterances of 64 tokens: beyond it a batch takes longer for each utterance, not shorter, and those that wait behind it, too.
    private const int MostTokens = 2048;

    private readonly int[] _lengths;
    private readonly int[] _mostRows; // by length

    /// <summary>Makes the shapes.</summary>
    /// <param name="longest">Longest input, in tokens.</param>
    public BatchShapes(int longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        _lengths = [.. Lengths(longest)];
        _mostRows = [.. _lengths.Select(length => Batches().Last(rows => rows == 1 || rows * length <= MostTokens))];
        All = [.. _lengths.Zip(_mostRows).SelectMany(
            entry => Batches().TakeWhile(rows => rows <= entry.Second).Select(rows => new BatchShape(rows, entry.First)))];
    }

    /// <summary>All of them, by length, then by batch.</summary>
    public IReadOnlyList<BatchShape> All { get; }

    /// <summary>Most tokens of an utterance.</summary>
    public int Longest => _lengths[^1];

    /// <summary>Most utterances of a batch whose longest has some number of tokens.</summary>
    /// <param name="tokens">1 to <see cref="Longest"/>.</param>
    public int MostRowsFor(int tokens) => _mostRows[IndexFor(tokens)];

    /// <summary>The smallest shape that a batch fits in.</summary>
    /// <param name="rows">Utterances.</param>
    /// <param name="tokens">Tokens of the longest.</param>
    public BatchShape For(int rows, int tokens)
    {
        var index = IndexFor(tokens);
        return rows >= 1 && rows <= _mostRows[index]
            ? new BatchShape((int)BitOperations.RoundUpToPowerOf2((uint)rows), _lengths[index])
            : throw new ArgumentOutOfRangeException(
                nameof(rows), $"{rows} utterances of {tokens} tokens; a batch has 1 to {_mostRows[index]}.");
    }

    private int IndexFor(int tokens)
    {
        for (var i = 0; i < _lengths.Length; i++)
        {
            if (tokens <= _lengths[i])
                return i;
        }
        throw new ArgumentOutOfRangeException(nameof(tokens), $"{tokens} tokens; an utterance has 1 to {Longest}.");
    }

    private static IEnumerable<int> Batches()
    {
        for (var rows = 1; rows <= MostRows; rows *= 2)
            yield return rows;
    }

    // 8 16 24 32 48 64 96 128 192 ..., the last one the longest input rounded up to a multiple of 8.
    private static IEnumerable<int> Lengths(int longest)
    {
        var last = (longest + 7) / 8 * 8;
        for (var length = 8; length < last; length += length < 32 ? 8 : (int)BitOperations.RoundUpToPowerOf2((uint)length + 1) / 4)
            yield return length;
        yield return last;
    }
}
