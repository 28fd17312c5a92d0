using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Bundles.Common;

namespace Edge.Appliance.Analysis;

/// <summary>A bundle that may serve: 1. verified and loaded, 2. warmed up, 3. right on its golden utterances.</summary>
internal sealed class ReadyBundle : IDisposable
{
    /// <summary>Code of the warning that a GPU was lost and the processor goes on.</summary>
    public const string LostGpuWarning = "gpu-lost";

    private readonly ChosenRunner _chosen;
    private readonly bool _mayEnd;
    private volatile IModelRunner _runner;

    private ReadyBundle(ChosenRunner chosen, bool mayEnd)
    {
        _chosen = chosen;
        _runner = chosen.Runner;
        _mayEnd = mayEnd;
    }

    /// <summary>The bundle.</summary>
    public ServedBundle Bundle => _runner.Bundle;

    /// <summary>What runs its model: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public string Provider => _runner.Provider;

    /// <summary>Why that, for people; empty where the configuration says so.</summary>
    public string ProviderReason => _runner == _chosen.Runner ? _chosen.Reason : $"{_chosen.Runner.Provider} was lost";

    /// <summary>Its analyzer, warm; for one utterance at a time, before the workers start.</summary>
    public IAnalyzer Analyzer => _runner.Analyzers[0];

    /// <summary>Golden utterances that were run.</summary>
    public int GoldenCount => _chosen.GoldenCount;

    /// <summary>That a GPU is there and not used; <c>null</c>: nothing to warn of.</summary>
    public HealthWarning? Warning => _chosen.Warning;

    /// <summary>Gets a bundle ready.</summary>
    /// <exception cref="UserException">It must not serve.</exception>
    public static ReadyBundle Open(LoadedOptions loaded) => Open(loaded, threads: loaded.Options.Analysis.Workers);

    /// <summary>Gets a bundle ready beside one that serves, on one thread: callers have the other processors.</summary>
    /// <exception cref="UserException">It must not serve.</exception>
    public static ReadyBundle OpenBeside(LoadedOptions loaded) => Open(loaded, threads: 1);

    private static ReadyBundle Open(LoadedOptions loaded, int threads) => new(new RunnerChoice(loaded, threads).Open(),
        mayEnd: ProviderSetting.Parse(loaded.Options.Analysis.Provider)!.Kind == ProviderKind.Cuda);

    /// <summary>Makes the workers that answer with it.</summary>
    /// <param name="metrics">Counts analyses.</param>
    /// <param name="health">Told where a GPU is lost.</param>
    /// <param name="changed">Called where another provider answers from now on.</param>
    public IReadOnlyList<IAnalysisWorker> CreateWorkers(Metrics metrics, HealthState health, Action changed)
    {
        var workers = _chosen.Runner.CreateWorkers(metrics);
        return _chosen.Runner is CudaRunner
            ? [.. workers.Select(worker => new DeviceWorker(worker, _mayEnd ? null : Replace))]
            : workers;

        IReadOnlyList<UtteranceWorker> Replace(DeviceLostException lost)
        {
            var spare = _chosen.Spare!;
            _runner = spare;
            health.Warn(LostGpuWarning, HealthSeverity.Error, $"{lost.Message}; the processor goes on, with {spare.Bundle.Precision}",
                "look at nvidia-smi and at the kernel's log, then restart the service");
            changed();
            return [.. spare.CreateWorkers(metrics).Cast<UtteranceWorker>()];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chosen.Runner.Dispose();
        _chosen.Spare?.Dispose();
        NativeHeap.Trim();
    }
}
