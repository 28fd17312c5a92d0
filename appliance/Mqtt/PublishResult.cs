namespace Edge.Appliance.Mqtt;

/// <summary>How publishing ended, and why.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why the broker will not have it; empty where it has.</param>
internal readonly record struct PublishResult(PublishOutcome Outcome, string Reason = "");
