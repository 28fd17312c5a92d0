namespace Edge.Bench.Machine;

/// <summary>
/// The clock of the processors over time. Each look counts by its highest clock, that of a processor that works: idle ones of a real box
/// clock down, which says nothing about a measurement.
/// </summary>
internal sealed class ClockRange
{
    /// <summary>Lowest look, MHz; 0: the box does not say.</summary>
    public double Lowest { get; private set; }

    /// <summary>Highest look, MHz.</summary>
    public double Highest { get; private set; }

    /// <summary>Adds a look.</summary>
    /// <param name="clocks">Clocks of all processors, MHz; none where the box does not say.</param>
    public void Add(IEnumerable<double> clocks)
    {
        var busiest = clocks.DefaultIfEmpty().Max();
        if (busiest <= 0)
            return;
        Lowest = Lowest == 0 ? busiest : Math.Min(Lowest, busiest);
        Highest = Math.Max(Highest, busiest);
    }
}
