using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>What runs a bundle's model, and why that.</summary>
/// <param name="Runner">It.</param>
/// <param name="Spare">What goes on where its device is lost; <c>null</c>: nothing.</param>
/// <param name="GoldenCount">Golden utterances that were run.</param>
/// <param name="Reason">Why it, for people; empty where the configuration says so.</param>
/// <param name="Warning">That a GPU is there and not used; <c>null</c>: nothing to warn of.</param>
internal sealed record ChosenRunner(
    IModelRunner Runner, ProcessorRunner? Spare, int GoldenCount, string Reason, HealthWarning? Warning);
