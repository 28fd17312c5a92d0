using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Ngrams;

/// <summary>
/// Scores of n-grams that are added to the encoder's logits: the wide part beside the deep one (Cheng et al. 2016). The encoder
/// generalizes; the table remembers which words begin, go on and end an entity and which speak for a label, which an encoder
/// that is trained on some thousand utterances learns slowly.
/// </summary>
/// <remarks>
/// Each n-gram's row of scores is its slot (<see cref="PerfectHash"/>), which keeps the check of its owner, so that no other n-gram takes
/// its scores. The last row holds zeros and stands for all n-grams without scores.
/// </remarks>
internal sealed class NgramTable
{
    private readonly IReadOnlyList<HeadDefinition> _heads;
    private readonly IReadOnlyList<long> _ngrams;
    private readonly int[] _starts; // by head: first column; -1 without scores
    private readonly bool _triples;

    /// <summary>Builds a table.</summary>
    /// <param name="heads">All heads of the task.</param>
    /// <param name="ngrams">Numbers, no two alike.</param>
    /// <param name="slots">The slots of these numbers.</param>
    /// <param name="scores">[n-grams, columns]: the outputs of span heads, then those of the others (<see cref="Starts"/>).</param>
    /// <param name="triples">Whether heads that judge a whole utterance read triples, too.</param>
    public NgramTable(IReadOnlyList<HeadDefinition> heads, IReadOnlyList<long> ngrams, PerfectHash slots, float[] scores, bool triples)
        : this(heads, ngrams, slots, scores, triples, Starts(heads, _ => true, out var columns), columns)
    {
    }

    private NgramTable(IReadOnlyList<HeadDefinition> heads, IReadOnlyList<long> ngrams, PerfectHash slots, float[] scores, bool triples,
        int[] starts, int columns)
    {
        (_heads, _ngrams, _starts, _triples, Columns, Slots) = (heads, ngrams, starts, triples, columns, slots);
        Owners = new int[None];
        Scores = new float[(None + 1) * columns];
        for (var i = 0; i < ngrams.Count; i++)
        {
            var slot = slots.SlotOf(ngrams[i]);
            Owners[slot] = PerfectHash.Check(ngrams[i]);
            scores.AsSpan(i * columns, columns).CopyTo(Row(slot));
        }
        var hasTags = heads.Where((head, i) => head.Kind == HeadKind.Span && starts[i] >= 0).Any();
        Kinds = hasTags ? [.. Enumerable.Range(0, NgramKinds.Count)] : NgramKinds.OfUtterances(triples).ToArray();
    }

    /// <summary>The slots.</summary>
    public PerfectHash Slots { get; }

    /// <summary>By slot: the check of its n-gram; of no meaning where it has none, as its scores are 0.</summary>
    public int[] Owners { get; }

    /// <summary>[slots + 1, <see cref="Columns"/>].</summary>
    public float[] Scores { get; }

    /// <summary>The last row, of zeros.</summary>
    public int None => Slots.Slots;

    /// <summary>Outputs of the heads that have scores.</summary>
    public int Columns { get; }

    /// <summary>N-grams with scores.</summary>
    public int Count => _ngrams.Count;

    /// <summary>The kinds of n-grams (<see cref="NgramKinds"/>) that are looked up.</summary>
    public IReadOnlyList<int> Kinds { get; }

    /// <summary>Whether a head has scores.</summary>
    /// <param name="head">Name of the head.</param>
    public bool Has(string head) => _heads.Where((candidate, i) => candidate.Name == head && _starts[i] >= 0).Any();

    /// <summary>Whether n-grams learn a head: all but those that answer with a value, whose scores stay 0.</summary>
    public static bool Learns(HeadDefinition head) => head.Kind != HeadKind.Score;

    /// <summary>
    /// The same table with every head's scores multiplied, less what then says nothing: span heads whose factor is 0, the others where all
    /// of theirs are, and n-grams that no head is left with scores for.
    /// </summary>
    /// <param name="factors">By head; one or more above 0.</param>
    public NgramTable Weighted(IReadOnlyList<float> factors)
    {
        var judgesUtterances = _heads.Where((head, i) => head.Kind != HeadKind.Span && factors[i] > 0).Any();
        var starts = Starts(_heads, head => _heads[head].Kind == HeadKind.Span ? factors[head] > 0 : judgesUtterances, out var columns);
        var (ngrams, scores) = (new List<long>(), new List<float>());
        var row = new float[columns];
        foreach (var ngram in _ngrams)
        {
            var all = Row(Slots.SlotOf(ngram));
            for (var head = 0; head < starts.Length; head++)
            {
                for (var i = 0; i < _heads[head].OutputCount && starts[head] >= 0; i++)
                    row[starts[head] + i] = all[_starts[head] + i] * factors[head];
            }
            if (row.All(score => score == 0))
                continue;
            ngrams.Add(ngram);
            scores.AddRange(row);
        }
        return new NgramTable(_heads, ngrams, new PerfectHash(ngrams), [.. scores], _triples, starts, columns);
    }

    /// <summary>
    /// What is added to the logits of an input: by head [outputs], or [tokens, tags] of a span head; zeros where a head has none.
    /// </summary>
    public float[][] Of(EncodedUtterance encoded)
    {
        var result = _heads.Select(head => new float[head.OutputCount * (head.Kind == HeadKind.Span ? encoded.Length : 1)]).ToArray();
        Span<long> numbers = stackalloc long[NgramKinds.Count];
        for (var token = 0; token < encoded.Length; token++)
        {
            NgramKinds.Write(encoded.Ids, token, numbers);
            foreach (var kind in Kinds)
            {
                var slot = Slots.SlotOf(numbers[kind]);
                if (Owners[slot] != PerfectHash.Check(numbers[kind]))
                    continue;
                var row = Row(slot);
                for (var head = 0; head < result.Length; head++)
                {
                    if (_starts[head] < 0)
                        continue;
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
    /// <param name="heads">All heads of the task.</param>
    /// <param name="has">Whether a head has columns; -1 stands for the start of one that has none.</param>
    /// <param name="columns">Their number.</param>
    public static int[] Starts(IReadOnlyList<HeadDefinition> heads, Func<int, bool> has, out int columns)
    {
        columns = 0;
        var starts = new int[heads.Count];
        // OrderBy is stable
        foreach (var head in Enumerable.Range(0, heads.Count).OrderBy(head => heads[head].Kind == HeadKind.Span ? 0 : 1))
        {
            starts[head] = has(head) ? columns : -1;
            columns += has(head) ? heads[head].OutputCount : 0;
        }
        return starts;
    }

    private Span<float> Row(int slot) => Scores.AsSpan(slot * Columns, Columns);
}
