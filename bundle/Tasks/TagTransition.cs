namespace Edge.Bundles.Tasks;

/// <summary>The bonus of one tag behind another.</summary>
/// <param name="Previous">Number of the earlier tag.</param>
/// <param name="Next">Number of the later tag.</param>
/// <param name="Bonus">What it adds to the logarithm of a path's probability.</param>
public readonly record struct TagTransition(int Previous, int Next, float Bonus);
