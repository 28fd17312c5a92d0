using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>The processor: one utterance a run, a worker a core, all on one session.</summary>
internal sealed class ProcessorRunner(ServedBundle bundle, int workers) : IModelRunner
{
    /// <summary>What <see cref="Provider"/> says.</summary>
    public const string Name = "cpu";

    private readonly Analyzer _analyzer = new(bundle);

    /// <inheritdoc/>
    public ServedBundle Bundle => bundle;

    /// <inheritdoc/>
    public string Provider => Name;

    /// <inheritdoc/>
    public IReadOnlyList<IAnalyzer> Analyzers => [_analyzer];

    /// <summary>Runs what allocates at its first run.</summary>
    /// <param name="threads">Threads that this takes.</param>
    public void WarmUp(int threads) => _analyzer.WarmUp(workers, threads);

    /// <inheritdoc/>
    public IReadOnlyList<IAnalysisWorker> CreateWorkers(Metrics metrics) =>
        [.. Enumerable.Range(0, workers).Select(_ => new UtteranceWorker(_analyzer, metrics))];

    /// <inheritdoc/>
    public void Dispose()
    {
        _analyzer.Dispose();
        bundle.Dispose();
    }
}
