using System.Runtime.InteropServices;
using Edge.Trainer.Examples;
using Edge.Trainer.LinearModels;

namespace Edge.Trainer.Ngrams;

/// <summary>The n-grams of a training set that are learned, and those of every token.</summary>
internal sealed class NgramVocabulary
{
    /// <summary>Stands for an n-gram that is not learned.</summary>
    public const int None = AdaGradRows.None;

    private const int FilterBits = 24;

    private readonly List<long> _numbers = [];
    private readonly List<int> _counts = [];
    private readonly int[][] _tokens; // by example: [tokens, kinds]

    /// <summary>Finds the n-grams.</summary>
    /// <param name="examples">Training set, with variants.</param>
    /// <param name="leastCount">In how many utterances an n-gram must occur; an utterance and its variants are one.</param>
    public NgramVocabulary(IReadOnlyList<TrainingExample> examples, int leastCount)
    {
        int[][] utterances =
        [
            .. Enumerable.Range(0, examples.Count)
                .GroupBy(i => (object?)examples[i].Utterance?.Said() ?? examples[i], ReferenceEqualityComparer.Instance)
                .Select(group => group.ToArray()),
        ];
        var filter = Filter(examples, utterances);
        var index = new Dictionary<long, int>();
        var last = new List<int>(); // by n-gram: the utterance that counted it last
        _tokens = new int[examples.Count][];
        for (var utterance = 0; utterance < utterances.Length; utterance++)
        {
            foreach (var i in utterances[utterance])
                _tokens[i] =
                    [.. NumbersOf(examples[i]).Select(number => filter[Bucket(number)] < leastCount ? None : Counted(number, utterance))];
        }
        Keep([.. Enumerable.Range(0, _numbers.Count).Where(ngram => _counts[ngram] >= leastCount)]);

        int Counted(long number, int utterance)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(index, number, out var exists);
            if (!exists)
            {
                place = _numbers.Count;
                _numbers.Add(number);
                _counts.Add(0);
                last.Add(-1);
            }
            if (last[place] != utterance)
                _counts[place]++;
            last[place] = utterance;
            return place;
        }
    }

    /// <summary>Number of n-grams.</summary>
    public int Count => _numbers.Count;

    /// <summary>Their numbers.</summary>
    public IReadOnlyList<long> Numbers => _numbers;

    /// <summary>In how many utterances each occurs; an utterance and its variants are one.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>The n-grams of a token by kind; <see cref="None"/> for those that are not learned.</summary>
    public ReadOnlySpan<int> Of(int example, int token) => _tokens[example].AsSpan(token * NgramKinds.Count, NgramKinds.Count);

    /// <summary>The n-grams that occur in most utterances.</summary>
    public IReadOnlyList<int> MostFrequent(int most) =>
        [.. Enumerable.Range(0, _numbers.Count).OrderByDescending(ngram => _counts[ngram]).ThenBy(ngram => _numbers[ngram]).Take(most)];

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

    // In how many utterances the n-grams of a bucket occur, at least as often as each of them: what surely is rare never gets an entry, and
    // of some millions of n-grams most occur once.
    private static int[] Filter(IReadOnlyList<TrainingExample> examples, int[][] utterances)
    {
        var filter = new int[1 << FilterBits];
        foreach (var utterance in utterances)
        {
            foreach (var bucket in utterance.SelectMany(i => NumbersOf(examples[i])).Select(Bucket).Distinct())
                filter[bucket]++;
        }
        return filter;
    }

    // By token and kind.
    private static IEnumerable<long> NumbersOf(TrainingExample example)
    {
        var numbers = new long[NgramKinds.Count];
        for (var token = 0; token < example.Encoded.Length; token++)
        {
            NgramKinds.Write(example.Encoded.Ids, token, numbers);
            foreach (var number in numbers)
                yield return number;
        }
    }

    private static int Bucket(long number) => (int)((ulong)(number * -7046029254386353131) >> (64 - FilterBits));
}
