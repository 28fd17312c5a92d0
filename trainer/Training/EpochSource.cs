using Edge.Trainer.Examples;

namespace Edge.Trainer.Training;

/// <summary>The examples of each epoch: always the same ones, or fresh variations.</summary>
/// <param name="count">Examples of an epoch.</param>
/// <param name="next">Gives the examples of an epoch, numbered from 0.</param>
internal sealed class EpochSource(int count, Func<int, IReadOnlyList<TrainingExample>> next)
{
    /// <summary>Examples of an epoch.</summary>
    public int Count => count;

    /// <summary>The same examples in every epoch.</summary>
    public static EpochSource Of(IReadOnlyList<TrainingExample> examples) => new(examples.Count, _ => examples);

    /// <summary>The examples of an epoch.</summary>
    public IReadOnlyList<TrainingExample> Next(int epoch) => next(epoch);

    /// <summary>Steps of an epoch.</summary>
    public int BatchesPerEpoch(int batchSize) => (count + batchSize - 1) / batchSize;

    /// <summary>Tokens of each example.</summary>
    public static int[] Lengths(IReadOnlyList<TrainingExample> examples) => [.. examples.Select(example => example.Encoded.Length)];
}
