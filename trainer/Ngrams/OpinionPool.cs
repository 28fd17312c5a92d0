using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Ngrams;

/// <summary>Tries how an encoder and a table answer together on one head.</summary>
/// <param name="head">The head.</param>
/// <param name="index">Its index.</param>
/// <param name="dev">Dev set.</param>
/// <param name="encoder">The encoder's logits, by example and head.</param>
/// <param name="table">The table's scores, by example and head.</param>
internal sealed class OpinionPool(
    HeadDefinition head, int index, IReadOnlyList<TrainingExample> dev, IReadOnlyList<float[][]> encoder, IReadOnlyList<float[][]> table)
{
    /// <summary>A pair of weights that was tried.</summary>
    /// <param name="A">Weight of the encoder.</param>
    /// <param name="B">Weight of the table.</param>
    /// <param name="Losses">Negative log-likelihood of each example.</param>
    /// <param name="Decisions">Decisions of all examples together.</param>
    public sealed record Trial(float A, float B, double[] Losses, int Decisions)
    {
        /// <summary>Mean over the decisions; 0 where there are none.</summary>
        public double Loss { get; } = Decisions == 0 ? 0 : Losses.Sum() / Decisions;
    }

    /// <summary>Tries weights.</summary>
    public Trial Try(float a, float b)
    {
        var losses = HeadLikelihood.NegativeLogs(head, index, dev, Mixed(a, b), 1, out var decisions);
        return new Trial(a, b, losses, decisions);
    }

    /// <summary>Tries a share of the table, 0 to 1, at the temperature that suits both best.</summary>
    public Trial TryShare(float share)
    {
        var temperature = (float)TemperatureFitting.Fit(head, index, dev, Mixed(1 - share, share));
        return Try((1 - share) / temperature, share / temperature);
    }

    /// <summary>The best of several.</summary>
    public static Trial Best(IEnumerable<Trial> trials) => trials.MinBy(trial => trial.Loss)!;

    /// <summary>How much less loss a decision has, and the standard error of that over the examples.</summary>
    public static (double Gain, double Error) Gain(Trial alone, Trial both)
    {
        double[] gains = [.. alone.Losses.Zip(both.Losses, (before, after) => before - after)];
        var mean = gains.Average();
        var deviation = Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / Math.Max(1, gains.Length - 1));
        var decisions = (double)alone.Decisions / gains.Length; // an example
        return (mean / decisions, deviation / Math.Sqrt(gains.Length) / decisions);
    }

    /// <summary>a × encoder + b × table.</summary>
    public static float[] Mix(float[] encoder, float a, float[] scores, float b)
    {
        var mixed = new float[encoder.Length];
        for (var i = 0; i < mixed.Length; i++)
            mixed[i] = (a * encoder[i]) + (b * scores[i]);
        return mixed;
    }

    private float[][][] Mixed(float a, float b)
    {
        var mixed = new float[dev.Count][][];
        for (var i = 0; i < mixed.Length; i++)
        {
            mixed[i] = new float[encoder[i].Length][];
            mixed[i][index] = Mix(encoder[i][index], a, table[i][index], b);
        }
        return mixed;
    }
}
