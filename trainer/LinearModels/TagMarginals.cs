using System.Numerics;
using System.Runtime.InteropServices;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// Marginal probabilities of a linear chain by the forward-backward algorithm (Rabiner 1989), with each step scaled to sum 1.
/// Tags that no likely path reaches are left out at each token, so that heads with many labels cost little more than others.
/// Holds the buffers of one thread.
/// </summary>
/// <param name="stride">Tags, rounded up as in <see cref="SparseWeights.Stride"/>; rows of all buffers have this length.</param>
internal sealed class TagMarginals(int stride)
{
    // Share of all paths to a token below which a tag is left out there.
    private const float Negligible = 1e-6f;

    private float[] _forward = [];
    private float[] _backward = [];
    private readonly float[] _next = new float[stride];
    private readonly SortedSet<int> _reached = [];

    /// <summary>Tags whose rows of <see cref="Pairs"/> are not zero.</summary>
    public IReadOnlyCollection<int> Reached => _reached;

    /// <summary>Expected number of steps from each tag to each, divided by exp(transition): [stride, stride].</summary>
    public float[] Pairs { get; } = new float[stride * stride];

    /// <summary>Computes marginals.</summary>
    /// <param name="states">[tokens, stride]: exp(score of the tag at the token), 0 in the padding. Afterwards the marginals.</param>
    /// <param name="factors">[stride, stride]: exp(score of a tag behind another).</param>
    /// <param name="tokens">Number of tokens, from 1.</param>
    /// <param name="withPairs">Whether <see cref="Pairs"/> is computed too.</param>
    public void Run(Span<float> states, ReadOnlySpan<float> factors, int tokens, bool withPairs)
    {
        if (_forward.Length < tokens * stride)
            (_forward, _backward) = (new float[tokens * stride], new float[tokens * stride]);
        var forward = _forward.AsSpan(0, tokens * stride);
        var backward = _backward.AsSpan(0, tokens * stride);

        // forward[i][b] = states[i][b] * sum over a of forward[i-1][a] * factors[a][b]
        for (var i = 0; i < tokens; i++)
        {
            var row = forward.Slice(i * stride, stride);
            if (i == 0)
            {
                row.Fill(1);
            }
            else
            {
                row.Clear();
                for (var a = 0; a < stride; a++)
                    AddScaled(row, factors.Slice(a * stride, stride), forward[((i - 1) * stride) + a]);
            }

            Multiply(row, states.Slice(i * stride, stride));
            Normalise(row);
            Prune(row);
        }

        // backward[i][a] = sum over b of factors[a][b] * states[i+1][b] * backward[i+1][b]
        foreach (var tag in _reached)
            Pairs.AsSpan(tag * stride, stride).Clear();
        _reached.Clear();
        backward[^stride..].Fill(1);
        for (var i = tokens - 2; i >= 0; i--)
        {
            backward.Slice((i + 1) * stride, stride).CopyTo(_next);
            Multiply(_next, states.Slice((i + 1) * stride, stride));
            var row = backward.Slice(i * stride, stride);
            var total = 0f;
            row.Clear();
            for (var a = 0; a < stride; a++)
            {
                if (forward[(i * stride) + a] == 0)
                    continue;
                row[a] = Dot(factors.Slice(a * stride, stride), _next);
                total += row[a] * forward[(i * stride) + a];
            }

            if (withPairs)
                AddPairs(forward.Slice(i * stride, stride), 1 / Math.Max(total, 1e-30f));
            Normalise(row);
        }

        for (var i = 0; i < tokens; i++)
        {
            var row = states.Slice(i * stride, stride);
            forward.Slice(i * stride, stride).CopyTo(row);
            Multiply(row, backward.Slice(i * stride, stride));
            Normalise(row);
        }
    }

    private void AddPairs(ReadOnlySpan<float> forward, float scale)
    {
        for (var tag = 0; tag < stride; tag++)
        {
            if (forward[tag] == 0)
                continue;
            _reached.Add(tag);
            AddScaled(Pairs.AsSpan(tag * stride, stride), _next, forward[tag] * scale);
        }
    }

    private static void Prune(Span<float> row)
    {
        for (var i = 0; i < row.Length; i++)
            if (row[i] < Negligible)
                row[i] = 0;
    }

    private static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        if (factor == 0)
            return;
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < to.Length; i++)
            to[i] += from[i] * factor;
    }

    private static void Multiply(Span<float> target, ReadOnlySpan<float> source)
    {
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < to.Length; i++)
            to[i] *= from[i];
    }

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var a = MemoryMarshal.Cast<float, Vector<float>>(left);
        var b = MemoryMarshal.Cast<float, Vector<float>>(right);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return Vector.Sum(sum);
    }

    private static void Normalise(Span<float> row)
    {
        // The least number keeps a row of underflows from dividing by zero.
        var total = 0f;
        foreach (var value in row)
            total += value;
        var factor = 1 / Math.Max(total, 1e-30f);
        for (var i = 0; i < row.Length; i++)
            row[i] *= factor;
    }
}
