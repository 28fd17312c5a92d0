using Edge.Bundles.Tokenization;
using Edge.Trainer.Common;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Evaluation;

/// <summary>
/// Utterances that belong to no label, for data that have none: the words of callers in an order that says nothing. Each piece follows the
/// one before it as often as it does in training (a Markov chain of first order), so that every place looks familiar and the whole does
/// not. As long as real ones, whose place they take.
/// </summary>
internal static class ForeignUtterances
{
    private const int Start = -1;

    /// <summary>Makes utterances.</summary>
    /// <param name="train">Whose words they are.</param>
    /// <param name="like">Whose lengths and contexts they have.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="seed">Seed of the chain.</param>
    public static IReadOnlyList<TrainingExample> Make(
        IReadOnlyList<TrainingExample> train, IReadOnlyList<TrainingExample> like, int count, int seed)
    {
        var followers = Followers(train);
        var random = SeededRandom.For(seed, "foreign utterances");
        var step = Math.Max(1, (double)like.Count / count);
        return [.. Enumerable.Range(0, Math.Min(count, like.Count)).Select(i => Scrambled(like[(int)(i * step)], followers, random))];
    }

    private static Dictionary<int, List<int>> Followers(IReadOnlyList<TrainingExample> train)
    {
        var followers = new Dictionary<int, List<int>>();
        foreach (var encoded in train.Select(example => example.Encoded))
        {
            var previous = Start;
            foreach (var id in encoded.Ids.AsSpan(encoded.TextStart, encoded.TextCount))
            {
                if (!followers.TryGetValue(previous, out var after))
                    followers.Add(previous, after = []);
                after.Add(id);
                previous = id;
            }
        }
        return followers;
    }

    private static TrainingExample Scrambled(TrainingExample example, Dictionary<int, List<int>> followers, SeededRandom random)
    {
        var encoded = example.Encoded;
        int[] ids = [.. encoded.Ids];
        var previous = Start;
        for (var i = encoded.TextStart; i < encoded.TextStart + encoded.TextCount; i++)
        {
            // where nothing ever follows, a text ends: another one begins
            var after = followers.TryGetValue(previous, out var found) ? found : followers[Start];
            ids[i] = previous = after[random.Next(after.Count)];
        }
        return new TrainingExample(
            new EncodedUtterance
            {
                Ids = ids, TypeIds = encoded.TypeIds, Offsets = encoded.Offsets, TextStart = encoded.TextStart,
                TextCount = encoded.TextCount, Truncated = encoded.Truncated,
            },
            [.. example.Targets.Select(_ => HeadTarget.None)]);
    }
}
