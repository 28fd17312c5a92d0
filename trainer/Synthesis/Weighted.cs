using Edge.Trainer.Common;

namespace Edge.Trainer.Synthesis;

/// <summary>Draws by weight.</summary>
internal static class Weighted
{
    /// <summary>One of the items, with a probability proportional to its weight.</summary>
    public static T Pick<T>(IReadOnlyList<T> items, Func<T, double> weight, SeededRandom random)
    {
        var at = random.NextDouble() * items.Sum(weight);
        foreach (var item in items)
            if ((at -= weight(item)) < 0) return item;
        return items[^1];
    }
}
