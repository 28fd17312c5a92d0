using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// Weights of a linear model over hashed features, trained by AdaGrad (Duchi et al. 2011). A feature gets a row when it is first
/// learned; rows of eight outputs and their sums of squared gradients lie in one cache line. Reading is thread-safe.
/// </summary>
internal sealed class SparseWeights
{
    private const int Lane = 8;
    private const int NoRow = 0;

    // Gradients of all outputs of a lane below this are left out.
    private const float Negligible = 1e-5f;

    // More than this many numbers are not held; features then share rows.
    private const long MostCells = 1L << 27;

    private readonly int[] _rows; // by hash: row + 1, or NoRow
    private readonly int _shift;
    private readonly float _firstSquare;
    private float[] _cells; // [rows, 2 * Stride]: weights, then sums of squared gradients; [rows, Stride] once frozen
    private int _rowLength;
    private int _count;

    /// <param name="outputs">Scores of the model.</param>
    /// <param name="bits">Two to the power of this many hashes are told apart, where memory allows.</param>
    /// <param name="firstSquare">Where sums of squared gradients start.</param>
    public SparseWeights(int outputs, int bits, double firstSquare)
    {
        Stride = (outputs + Lane - 1) / Lane * Lane;
        while (bits > 10 && (2L * Stride) << bits > MostCells)
            bits--;
        _rows = new int[1 << bits];
        _shift = 64 - bits;
        _rowLength = 2 * Stride;
        _firstSquare = (float)firstSquare;
        _cells = new float[1024 * _rowLength];
    }

    /// <summary>Length of score and gradient buffers: the outputs, rounded up to a multiple of eight.</summary>
    public int Stride { get; }

    /// <summary>Adds up the weights of features into <paramref name="scores"/>, which are overwritten.</summary>
    public void Score(ReadOnlySpan<ulong> features, float value, Span<float> scores)
    {
        scores.Clear();
        foreach (var feature in features)
        {
            var row = _rows[feature >> _shift];
            if (row == NoRow)
                continue;
            ref var weights = ref Cell(row);
            for (var at = 0; at < Stride; at += Lane)
            {
                ref var score = ref scores[at];
                (Vector256.LoadUnsafe(ref score) + Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, at))).StoreUnsafe(ref score);
            }
        }

        for (var at = 0; at < Stride; at += Lane)
        {
            ref var score = ref scores[at];
            (Vector256.LoadUnsafe(ref score) * value).StoreUnsafe(ref score);
        }
    }

    /// <summary>One step against a gradient.</summary>
    /// <param name="features">The features, all of the same value.</param>
    /// <param name="value">Their value.</param>
    /// <param name="gradient">Derivative of the loss by score; 0 in the padding.</param>
    /// <param name="rate">Step.</param>
    public void Descend(ReadOnlySpan<ulong> features, float value, ReadOnlySpan<float> gradient, float rate)
    {
        // Of many outputs only a few are in doubt.
        Span<int> lanes = stackalloc int[Stride / Lane];
        var count = 0;
        for (var at = 0; at < Stride; at += Lane)
            if (Vector256.GreaterThanAny(Vector256.Abs(Vector256.Create(gradient.Slice(at, Lane))), Vector256.Create(Negligible)))
                lanes[count++] = at;
        foreach (var feature in features)
        {
            ref var row = ref _rows[feature >> _shift];
            if (row == NoRow)
                row = Add();
            ref var weights = ref Cell(row);
            foreach (var at in lanes[..count])
            {
                ref var weight = ref Unsafe.Add(ref weights, at);
                ref var square = ref Unsafe.Add(ref weights, Stride + at);
                var step = Vector256.Create(gradient.Slice(at, Lane)) * value;
                var squares = Vector256.LoadUnsafe(ref square) + (step * step);
                squares.StoreUnsafe(ref square);
                (Vector256.LoadUnsafe(ref weight) - (step * rate / Vector256.Sqrt(squares))).StoreUnsafe(ref weight);
            }
        }
    }

    /// <summary>Ends training: what only training needs is let go.</summary>
    public SparseWeights Freeze()
    {
        var weights = new float[(_count + 1) * Stride];
        for (var row = 1; row <= _count; row++)
            _cells.AsSpan(row * _rowLength, Stride).CopyTo(weights.AsSpan(row * Stride));
        (_cells, _rowLength) = (weights, Stride);
        return this;
    }

    private int Add()
    {
        _count++;
        if ((_count + 1) * (long)_rowLength > _cells.Length)
            Array.Resize(ref _cells, (int)Math.Min(Array.MaxLength, 2L * _cells.Length));
        _cells.AsSpan((_count * _rowLength) + Stride, Stride).Fill(_firstSquare);
        return _count;
    }

    private ref float Cell(int row) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), row * _rowLength);
}
