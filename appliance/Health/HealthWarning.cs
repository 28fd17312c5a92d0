namespace Edge.Appliance.Health;

/// <summary>Something that a person should look at.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record HealthWarning(string Code, HealthSeverity Severity, string Text, string Remedy);
