using Edge.Trainer.Common;

namespace Edge.Trainer.Synthesis;

/// <summary>
/// Divides things among the splits by a hash of their text: the same for every seed and order, so that nothing a test set
/// holds was ever trained on, whichever seeds made the two.
/// </summary>
internal static class Partition
{
    /// <summary>Percent of dev and of test; the rest is train's.</summary>
    public const int HeldOut = 15;

    /// <summary>The items of train, dev and test, each in the order given; dev and test have at least one.</summary>
    /// <exception cref="FormatException">There are fewer than three items.</exception>
    public static IReadOnlyList<T>[] Of<T>(IReadOnlyList<T> items, Func<T, string> text)
    {
        if (items.Count < 3) throw new FormatException(
            "needs at least three lines to be divided among train, dev and test, or the mark 'all'");
        var held = Math.Max(1, (int)Math.Round(items.Count * HeldOut / 100.0));
        var ranks = items.Select((item, index) => (index, Hash: StableHash.Of(text(item))))
            .OrderBy(pair => pair.Hash).Select((pair, rank) => (pair.index, rank)).ToDictionary(pair => pair.index, pair => pair.rank);
        Split Place(int index) => ranks[index] < held ? Split.Dev : ranks[index] < 2 * held ? Split.Test : Split.Train;
        return [.. new[] { Split.Train, Split.Dev, Split.Test }.Select(
            split => items.Where((_, index) => Place(index) == split).ToArray())];
    }

    /// <summary>The split that a made-up value (an order number, a date) belongs to.</summary>
    public static Split Of(string value) => ((StableHash.Of(value) >> 20) % 100) switch
    {
        < HeldOut => Split.Dev,
        < 2 * HeldOut => Split.Test,
        _ => Split.Train,
    };
}
