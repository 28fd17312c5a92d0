using System.Globalization;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tuning;

/// <summary>Settings that were tried.</summary>
/// <param name="Number">From 1; the first one is what the search started from.</param>
/// <param name="Values">Value of each parameter; none for the first.</param>
/// <param name="Recipe">The settings.</param>
internal sealed record Trial(int Number, IReadOnlyList<(string Name, double Value)> Values, RunRecipe Recipe)
{
    /// <summary>The values in one line.</summary>
    public override string ToString() =>
        Values.Count == 0
        ? "the settings as they are"
        : string.Join(", ", Values.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Name} {entry.Value:G3}")));
}
