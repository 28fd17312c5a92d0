using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>A bundle's model where it runs: on the processor, or on GPUs.</summary>
internal interface IModelRunner : IDisposable
{
    /// <summary>The bundle, in the precision that runs there.</summary>
    ServedBundle Bundle { get; }

    /// <summary>Its name: <c>cpu</c>, <c>cuda:0</c>, <c>cuda:0,1</c>.</summary>
    string Provider { get; }

    /// <summary>One for each device, for one utterance at a time, before the workers start.</summary>
    IReadOnlyList<IAnalyzer> Analyzers { get; }

    /// <summary>Makes the workers that take utterances from the queue.</summary>
    IReadOnlyList<IAnalysisWorker> CreateWorkers(Metrics metrics);
}
