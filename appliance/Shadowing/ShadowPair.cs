namespace Edge.Appliance.Shadowing;

/// <summary>A candidate beside the bundle that serves.</summary>
/// <param name="Candidate">Id of the candidate.</param>
/// <param name="Served">Id of the bundle that serves.</param>
internal readonly record struct ShadowPair(string Candidate, string Served);
