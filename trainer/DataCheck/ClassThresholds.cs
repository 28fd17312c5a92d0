namespace Edge.Trainer.DataCheck;

/// <summary>Mean confidence in each class over the examples that are annotated with it.</summary>
/// <param name="classes">Number of classes.</param>
internal sealed class ClassThresholds(int classes)
{
    // A class with fewer examples has no threshold that means anything: nothing is suggested to be of it.
    private const int Fewest = 3;

    private readonly double[] _sums = new double[classes];
    private readonly int[] _counts = new int[classes];

    /// <summary>Adds the probability of the annotated class of one example.</summary>
    public void Add(int annotated, double probability)
    {
        _sums[annotated] += probability;
        _counts[annotated]++;
    }

    /// <summary>The means.</summary>
    public double[] Limits() => [.. _sums.Zip(_counts, (sum, count) => count < Fewest ? double.PositiveInfinity : sum / count)];
}
