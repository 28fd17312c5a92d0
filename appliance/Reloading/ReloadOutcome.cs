namespace Edge.Appliance.Reloading;

/// <summary>How an attempt to change the bundle ended.</summary>
/// <param name="Bundle">Id of the bundle that serves now.</param>
/// <param name="Previous">Id of the one that served before; null where nothing changed.</param>
/// <param name="Refused">Why the bundle that was found does not serve; null where it does.</param>
internal sealed record ReloadOutcome(string Bundle, string? Previous = null, string? Refused = null);
