using System.Globalization;

namespace Edge.Bench.Machine;

/// <summary>What else the box did while something was measured.</summary>
/// <param name="StolenShare">Part of the processors' time that the host of a virtual machine took away, 0 to 1.</param>
/// <param name="OthersShare">Part that other programs used, 0 to 1.</param>
/// <param name="LowestMHz">Clock of the fastest processor when it was lowest (<see cref="ClockRange"/>); 0: the box does not say.</param>
/// <param name="HighestMHz">The same when it was highest.</param>
internal sealed record BoxActivity(double StolenShare, double OthersShare, double LowestMHz, double HighestMHz)
{
    private const double Much = 0.02;
    private const double SteadyClock = 0.9;

    /// <summary>A sentence that says what could not be known here, and why.</summary>
    /// <param name="what">For example <c>medians within 5 %</c>.</param>
    public string TooNoisyFor(string what)
    {
        var found = Disturbances();
        return $"The box is too noisy for {what}: "
            + (found.Count > 0 ? string.Join("; ", found) : "nothing of what disturbs it can be seen from here; measure longer (--seconds)")
            + ".";
    }

    /// <summary>In words what disturbs measurements here; empty where nothing of it can be seen.</summary>
    public IReadOnlyList<string> Disturbances() => LowestMHz > 0 && LowestMHz < SteadyClock * HighestMHz
        ? [.. Taken(),
            string.Create(CultureInfo.InvariantCulture,
                $"their clock moves between {LowestMHz:0} and {HighestMHz:0} MHz; set the governor to performance")]
        : Taken();

    /// <summary>
    /// In words what else takes the processors' time. It disturbs a box that answers, too; the clock of one that waits says nothing.
    /// </summary>
    public IReadOnlyList<string> Taken()
    {
        var found = new List<string>();
        if (OthersShare > Much)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"other programs use {OthersShare:0 %} of the processors; end them"));
        if (StolenShare > Much)
            found.Add(string.Create(CultureInfo.InvariantCulture,
                $"the host of this virtual machine takes {StolenShare:0 %} of their time away (steal); give it processors of its own"));
        return found;
    }
}
