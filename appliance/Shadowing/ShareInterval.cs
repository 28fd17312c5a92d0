namespace Edge.Appliance.Shadowing;

/// <summary>A share with its 95 % interval (Wilson 1927), which stays within 0 and 1 and holds for few, too.</summary>
/// <param name="Value">The share, 0 to 1.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
internal readonly record struct ShareInterval(double Value, double Lower, double Upper)
{
    private const double Z = 1.959964;

    /// <summary>The interval of <paramref name="hits"/> of <paramref name="count"/>; with none, everything is possible.</summary>
    public static ShareInterval Of(long hits, long count)
    {
        if (count == 0)
            return new ShareInterval(0, 0, 1);
        double share = (double)hits / count, z2 = Z * Z / count;
        var middle = (share + (z2 / 2)) / (1 + z2);
        var half = Z / (1 + z2) * Math.Sqrt((share * (1 - share) / count) + (z2 / 4 / count));
        return new ShareInterval(share, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
