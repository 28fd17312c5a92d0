using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Ngrams;

/// <summary>
/// Scores of n-grams that are added to the encoder's logits: the wide part beside the deep one (Cheng et al. 2016). The encoder
/// generalizes; the table remembers which words begin, go on and end an entity and which speak for a label, which an encoder
/// that is trained on some thousand utterances learns slowly.
/// </summary>
/// <remarks>
/// A number falls into slot number mod slots. The slot keeps the number of the n-gram that owns it, so that no other one takes
/// its scores, and the row of its scores; row 0 holds zeros and stands for all n-grams without scores.
/// </remarks>
internal sealed class NgramTable
{
    private readonly IReadOnlyList<HeadDefinition> _heads;
    private readonly int[] _starts; // by head: first column

    /// <summary>Builds a table.</summary>
    /// <param name="heads">All heads of the task.</param>
    /// <param name="ngrams">Numbers, the important ones first: where two fall into one slot, the first has it.</param>
    /// <param name="scores">[n-grams, columns]: the outputs of span heads, then those of the others (<see cref="Starts"/>).</param>
    public NgramTable(IReadOnlyList<HeadDefinition> heads, IReadOnlyList<long> ngrams, float[] scores)
    {
        _heads = heads;
        _starts = Starts(heads, out var columns);
        Columns = columns;
        Slots = Prime(Math.Max(ngrams.Count * 5 / 2, 2));
        Owners = new long[Slots];
        Rows = new int[Slots];
        Array.Fill(Owners, -1); // no number is negative
        var kept = new List<float>(new float[columns]);
        for (var i = 0; i < ngrams.Count; i++)
        {
            var slot = ngrams[i] % Slots;
            if (Owners[slot] >= 0)
                continue;
            Owners[slot] = ngrams[i];
            Rows[slot] = kept.Count / columns;
            kept.AddRange(scores.AsSpan(i * columns, columns));
        }
        Scores = [.. kept];
    }

    private NgramTable(NgramTable other, float[] scores)
    {
        (_heads, _starts, Columns, Slots, Owners, Rows) = (other._heads, other._starts, other.Columns, other.Slots, other.Owners, other.Rows);
        Scores = scores;
    }

    /// <summary>Slots; a prime.</summary>
    public int Slots { get; }

    /// <summary>By slot: the number of its n-gram, or -1.</summary>
    public long[] Owners { get; }

    /// <summary>By slot: its row in <see cref="Scores"/>.</summary>
    public int[] Rows { get; }

    /// <summary>[rows, <see cref="Columns"/>]; row 0 is zero.</summary>
    public float[] Scores { get; }

    /// <summary>Outputs of all heads.</summary>
    public int Columns { get; }

    /// <summary>N-grams with scores.</summary>
    public int Count => (Scores.Length / Columns) - 1;

    /// <summary>Whether n-grams learn a head: all but those that answer with a value, whose scores stay 0.</summary>
    public static bool Learns(HeadDefinition head) => head.Kind != HeadKind.Score;

    /// <summary>The same table with every head's scores multiplied.</summary>
    public NgramTable Scaled(IReadOnlyList<float> factors)
    {
        var scores = (float[])Scores.Clone();
        for (var head = 0; head < _heads.Count; head++)
        {
            for (var at = _starts[head]; at < scores.Length; at += Columns)
            {
                for (var output = 0; output < _heads[head].OutputCount; output++)
                    scores[at + output] *= factors[head];
            }
        }
        return new NgramTable(this, scores);
    }

    /// <summary>What is added to the logits of an input: by head [outputs], or [tokens, tags] of a span head; zeros where a head has none.</summary>
    public float[][] Of(EncodedUtterance encoded)
    {
        var result = _heads.Select(head => new float[head.OutputCount * (head.Kind == HeadKind.Span ? encoded.Length : 1)]).ToArray();
        Span<long> numbers = stackalloc long[NgramKinds.Count];
        for (var token = 0; token < encoded.Length; token++)
        {
            NgramKinds.Write(encoded.Ids, token, numbers);
            foreach (var number in numbers)
            {
                var slot = number % Slots;
                if (Owners[slot] != number)
                    continue;
                var row = Scores.AsSpan(Rows[slot] * Columns, Columns);
                for (var head = 0; head < result.Length; head++)
                {
                    var outputs = _heads[head].OutputCount;
                    var target = result[head].AsSpan(_heads[head].Kind == HeadKind.Span ? token * outputs : 0, outputs);
                    for (var i = 0; i < outputs; i++)
                        target[i] += row[_starts[head] + i];
                }
            }
        }

        // A sum over an utterance grows with its length.
        var scale = 1 / MathF.Sqrt(encoded.Length);
        for (var head = 0; head < result.Length; head++)
        {
            if (_heads[head].Kind == HeadKind.Span)
                continue;
            for (var i = 0; i < result[head].Length; i++)
                result[head][i] *= scale;
        }
        return result;
    }

    /// <summary>First column of each head: those of span heads stand before the others', each group in the order of the heads.</summary>
    public static int[] Starts(IReadOnlyList<HeadDefinition> heads, out int columns)
    {
        columns = 0;
        var starts = new int[heads.Count];
        foreach (var head in Enumerable.Range(0, heads.Count).OrderBy(head => heads[head].Kind == HeadKind.Span ? 0 : 1)) // OrderBy is stable
        {
            starts[head] = columns;
            columns += heads[head].OutputCount;
        }
        return starts;
    }

    private static int Prime(int atLeast)
    {
        for (var candidate = atLeast | 1; ; candidate += 2)
        {
            var isPrime = true;
            for (var divisor = 3; (long)divisor * divisor <= candidate && isPrime; divisor += 2)
                isPrime = candidate % divisor != 0;
            if (isPrime)
                return candidate;
        }
    }
}
