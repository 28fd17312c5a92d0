using System.Runtime.InteropServices;
using Edge.Trainer.Training;

namespace Edge.Trainer.Ngrams;

/// <summary>The n-grams of a training set that are learned, and those of every token.</summary>
internal sealed class NgramVocabulary
{
    /// <summary>Stands for an n-gram that is not learned.</summary>
    public const int None = -1;

    private const int FilterBits = 24;

    private readonly List<long> _numbers = [];
    private readonly List<int> _counts = [];
    private readonly int[][] _tokens; // by example: [tokens, kinds]

    /// <summary>Finds the n-grams.</summary>
    /// <param name="examples">Training set, with variants.</param>
    /// <param name="leastCount">In how many utterances an n-gram must occur; an utterance and its variants are one.</param>
    public NgramVocabulary(IReadOnlyList<TrainingExample> examples, int leastCount)
    {
        var utterances = Enumerable.Range(0, examples.Count)
            .GroupBy(i => (object?)(examples[i].Utterance?.Original ?? examples[i].Utterance) ?? examples[i], ReferenceEqualityComparer.Instance)
            .Select(group => group.ToArray()).ToArray();

        // What surely is rarer never gets an entry: of some millions of n-grams most occur once.
        var filter = new byte[1 << FilterBits];
        Span<long> numbers = stackalloc long[NgramKinds.Count];
        var buckets = new HashSet<int>();
        foreach (var utterance in utterances)
        {
            buckets.Clear();
            foreach (var ids in utterance.Select(i => examples[i].Encoded.Ids))
            {
                for (var token = 0; token < ids.Length; token++)
                {
                    NgramKinds.Write(ids, token, numbers);
                    foreach (var number in numbers)
                        buckets.Add(Bucket(number));
                }
            }
            foreach (var bucket in buckets)
                filter[bucket] += (byte)(filter[bucket] < byte.MaxValue ? 1 : 0);
        }

        var index = new Dictionary<long, int>();
        var last = new List<int>(); // by n-gram: the utterance that counted it last
        _tokens = new int[examples.Count][];
        for (var utterance = 0; utterance < utterances.Length; utterance++)
        {
            foreach (var i in utterances[utterance])
            {
                var encoded = examples[i].Encoded;
                _tokens[i] = new int[encoded.Length * NgramKinds.Count];
                for (var token = 0; token < encoded.Length; token++)
                {
                    NgramKinds.Write(encoded.Ids, token, numbers);
                    for (var kind = 0; kind < NgramKinds.Count; kind++)
                    {
                        ref var place = ref _tokens[i][(token * NgramKinds.Count) + kind];
                        place = None;
                        if (filter[Bucket(numbers[kind])] < Math.Min(leastCount, byte.MaxValue))
                            continue;
                        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(index, numbers[kind], out var exists);
                        if (!exists)
                        {
                            known = _numbers.Count;
                            _numbers.Add(numbers[kind]);
                            _counts.Add(0);
                            last.Add(-1);
                        }
                        place = known;
                        if (last[place] == utterance)
                            continue;
                        last[place] = utterance;
                        _counts[place]++;
                    }
                }
            }
        }
        Keep([.. Enumerable.Range(0, _numbers.Count).Where(ngram => _counts[ngram] >= leastCount)]);
    }

    /// <summary>Number of n-grams.</summary>
    public int Count => _numbers.Count;

    /// <summary>Their numbers.</summary>
    public IReadOnlyList<long> Numbers => _numbers;

    /// <summary>In how many utterances each occurs; an utterance and its variants are one.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>The n-grams of a token by kind; <see cref="None"/> for those that are not learned.</summary>
    public ReadOnlySpan<int> Of(int example, int token) => _tokens[example].AsSpan(token * NgramKinds.Count, NgramKinds.Count);

    /// <summary>Keeps some n-grams, in this order, and forgets the others.</summary>
    public void Keep(IReadOnlyList<int> ngrams)
    {
        var places = new int[_numbers.Count];
        Array.Fill(places, None);
        for (var i = 0; i < ngrams.Count; i++)
            places[ngrams[i]] = i;
        var (numbers, counts) = (ngrams.Select(ngram => _numbers[ngram]).ToArray(), ngrams.Select(ngram => _counts[ngram]).ToArray());
        _numbers.Clear();
        _numbers.AddRange(numbers);
        _counts.Clear();
        _counts.AddRange(counts);
        foreach (var tokens in _tokens)
        {
            for (var i = 0; i < tokens.Length; i++)
                tokens[i] = tokens[i] == None ? None : places[tokens[i]];
        }
    }

    private static int Bucket(long number) => (int)((ulong)(number * -7046029254386353131) >> (64 - FilterBits));
}
