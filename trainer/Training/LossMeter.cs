using Edge.Bundles.Common;

namespace Edge.Trainer.Training;

/// <summary>Running means of the loss and its terms.</summary>
internal sealed class LossMeter
{
    /// <summary>Every how many steps values are read: reading waits for the device, which costs a GPU more than the step.</summary>
    public const int ReadEvery = 8;

    private const double Decay = 0.9;
    private readonly Dictionary<string, double> _means = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>Mean of the weighted sum; NaN before the first reading.</summary>
    public double Total { get; private set; } = double.NaN;

    /// <summary>Values of the last reading, in the order of its terms, before weighting.</summary>
    public IReadOnlyList<(string Name, double Value)> Latest { get; private set; } = [];

    /// <summary>Weighted sum of the last reading.</summary>
    public double LatestTotal { get; private set; } = double.NaN;

    /// <summary>Means of the terms, in the order in which they first occurred.</summary>
    public IEnumerable<(string Name, double Mean)> Terms => _order.Select(name => (name, _means[name]));

    /// <summary>All means.</summary>
    public Means Now
    {
        get => new(Total, [.. _order], [.. _order.Select(name => _means[name])]);
        set
        {
            Total = value.Total;
            _order.AddRange(value.Names);
            foreach (var (name, mean) in value.Names.Zip(value.Values))
                _means.Add(name, mean);
        }
    }

    /// <summary>Reads the values of a step.</summary>
    /// <exception cref="UserException">A term is not finite: training has diverged.</exception>
    public void Read(IReadOnlyList<LossTerm> terms)
    {
        var total = 0.0;
        var latest = new (string Name, double Value)[terms.Count];
        foreach (var (i, term) in terms.Index())
        {
            var value = term.Value.item<float>();
            if (!float.IsFinite(value))
                throw new UserException(ExitCode.Refused,
                    $"The loss term {term.Name} is {value}: training has diverged; look at the data for broken texts or labels, and try " +
                    "another --seed.");
            total += value * term.Weight;
            latest[i] = (term.Name, value);
            if (!_means.TryGetValue(term.Name, out var mean))
            {
                _order.Add(term.Name);
                mean = value;
            }
            _means[term.Name] = (Decay * mean) + ((1 - Decay) * value);
        }
        (Latest, LatestTotal) = (latest, total);
        Total = double.IsNaN(Total) ? total : (Decay * Total) + ((1 - Decay) * total);
    }

    /// <summary>Means of the loss and its terms.</summary>
    /// <param name="Total">Of the weighted sum.</param>
    /// <param name="Names">Terms, in the order in which they first occurred.</param>
    /// <param name="Values">Mean of each.</param>
    internal sealed record Means(double Total, string[] Names, double[] Values);

    /// <inheritdoc/>
    public override string ToString() =>
        double.IsNaN(Total)
        ? ""
        : $"loss {Total:0.000}" + (_order.Count > 1 ? $" ({string.Join(", ", Terms.Select(t => $"{t.Name} {t.Mean:0.000}"))})" : "");
}
