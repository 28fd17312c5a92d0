using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// Weights of a linear model, a row a feature, learned by AdaGrad (Duchi et al. 2011). A row's weights and its sums of squared
/// gradients lie side by side. Reading is thread-safe.
/// </summary>
/// <param name="outputs">Scores of the model, above 0.</param>
/// <param name="rate">Step.</param>
/// <param name="firstSquare">Where sums of squared gradients start.</param>
internal sealed class AdaGradRows(int outputs, double rate, double firstSquare)
{
    /// <summary>In place of a row: the feature is not learned.</summary>
    public const int None = -1;

    private const int Block = 8;
    private const float Negligible = 1e-5f; // blocks of outputs whose gradients all lie below are left out

    private float[] _cells = []; // [rows, 2, outputs]; [rows, outputs] once frozen
    private int _rowLength = 2 * outputs;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Scores of the model.</summary>
    public int Outputs => outputs;

    /// <summary>Weights of a row.</summary>
    public ReadOnlySpan<float> this[int row] => _cells.AsSpan(row * _rowLength, outputs);

    /// <summary>Adds rows of zeros.</summary>
    /// <returns>The first of them.</returns>
    public int Add(int rows = 1)
    {
        var first = Count;
        Count += rows;
        var cells = (long)Count * _rowLength;
        if (cells > _cells.Length)
            Array.Resize(ref _cells, (int)Math.Min(Array.MaxLength, Math.Max(cells, 2L * _cells.Length)));
        for (var row = first; row < Count; row++)
            _cells.AsSpan((row * _rowLength) + outputs, outputs).Fill((float)firstSquare);
        return first;
    }

    /// <summary>Adds a row's weights, times a value.</summary>
    /// <param name="scores">[outputs], added to.</param>
    /// <param name="row">A row, or <see cref="None"/>.</param>
    /// <param name="value">Value of the feature.</param>
    public void AddTo(Span<float> scores, int row, float value)
    {
        if (row == None)
            return;
        ref var score = ref MemoryMarshal.GetReference(scores[..outputs]);
        ref var weight = ref Cell(row);
        var at = 0;
        for (; at <= outputs - Block; at += Block)
            (Vector256.LoadUnsafe(ref score, (nuint)at) + (Vector256.LoadUnsafe(ref weight, (nuint)at) * value))
                .StoreUnsafe(ref score, (nuint)at);
        for (; at < outputs; at++)
            Unsafe.Add(ref score, at) += Unsafe.Add(ref weight, at) * value;
    }

    /// <summary>One step against a gradient.</summary>
    /// <param name="rows">The features, all of the same value; those that are <see cref="None"/> are left out.</param>
    /// <param name="value">Their value.</param>
    /// <param name="gradient">Derivative of the loss by score, [outputs].</param>
    public void Descend(ReadOnlySpan<int> rows, float value, ReadOnlySpan<float> gradient)
    {
        // Of many outputs only a few are in doubt.
        Span<int> blocks = stackalloc int[(outputs + Block - 1) / Block];
        var count = 0;
        for (var at = 0; at < outputs; at += Block)
        {
            if (gradient[at..Math.Min(outputs, at + Block)].ContainsAnyExceptInRange(-Negligible, Negligible))
                blocks[count++] = at;
        }
        var stepSize = (float)rate;
        foreach (var row in rows)
        {
            if (row == None)
                continue;
            ref var weights = ref Cell(row);
            foreach (var first in blocks[..count])
            {
                ref var weight = ref Unsafe.Add(ref weights, first);
                ref var square = ref Unsafe.Add(ref weight, outputs);
                if (first <= outputs - Block)
                {
                    var slopes = Vector256.Create(gradient.Slice(first, Block)) * value;
                    var squares = Vector256.LoadUnsafe(ref square) + (slopes * slopes);
                    squares.StoreUnsafe(ref square);
                    (Vector256.LoadUnsafe(ref weight) - (slopes * stepSize / Vector256.Sqrt(squares))).StoreUnsafe(ref weight);
                    continue;
                }
                for (var i = 0; i < outputs - first; i++)
                {
                    var slope = gradient[first + i] * value;
                    ref var sum = ref Unsafe.Add(ref square, i);
                    sum += slope * slope;
                    Unsafe.Add(ref weight, i) -= slope * stepSize / MathF.Sqrt(sum);
                }
            }
        }
    }

    /// <summary>Keeps some rows, in this order.</summary>
    public void Keep(IReadOnlyList<int> rows)
    {
        var kept = new float[rows.Count * _rowLength];
        for (var i = 0; i < rows.Count; i++)
            _cells.AsSpan(rows[i] * _rowLength, _rowLength).CopyTo(kept.AsSpan(i * _rowLength));
        (_cells, Count) = (kept, rows.Count);
    }

    /// <summary>Ends training: what only training needs is let go.</summary>
    public void Freeze()
    {
        var weights = new float[Count * outputs];
        for (var row = 0; row < Count; row++)
            this[row].CopyTo(weights.AsSpan(row * outputs));
        (_cells, _rowLength) = (weights, outputs);
    }

    private ref float Cell(int row) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), row * _rowLength);
}
