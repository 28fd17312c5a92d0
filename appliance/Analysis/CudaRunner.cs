using Edge.Appliance.Health;
using Edge.Bundles.Inference.Batching;
using Edge.Bundles.Inference.Cuda;

namespace Edge.Appliance.Analysis;

/// <summary>GPUs: one session and one worker each, micro-batches.</summary>
internal sealed class CudaRunner : IModelRunner
{
    private readonly IReadOnlyList<BatchAnalyzer> _analyzers;
    private readonly TimeSpan _wait;

    private CudaRunner(ServedBundle bundle, IReadOnlyList<BatchAnalyzer> analyzers, IReadOnlyList<int> devices, TimeSpan wait)
    {
        (Bundle, _analyzers, _wait) = (bundle, analyzers, wait);
        Provider = $"cuda:{string.Join(',', devices)}";
        Devices = string.Join(", ", devices.Select(device => CudaProbe.Found.Devices[device].Name));
    }

    /// <inheritdoc/>
    public ServedBundle Bundle { get; }

    /// <inheritdoc/>
    public string Provider { get; }

    /// <summary>What the devices' maker calls them.</summary>
    public string Devices { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IAnalyzer> Analyzers => _analyzers;

    /// <summary>Opens a session on each GPU, captures every bucket and runs it once.</summary>
    /// <param name="bundle">The bundle for GPUs; where this fails it stays the caller's.</param>
    /// <param name="devices">Their numbers.</param>
    /// <param name="wait">How long a batch waits for more.</param>
    /// <exception cref="CudaException">CUDA cannot be used.</exception>
    public static CudaRunner Open(ServedBundle bundle, IReadOnlyList<int> devices, TimeSpan wait)
    {
        foreach (var device in devices)
            CudaProbe.Found.Demand(device);
        var shapes = new BatchShapes(bundle.Task.MaxLength);
        var analyzers = new List<BatchAnalyzer>();
        try
        {
            foreach (var device in devices)
            {
                var session = CudaStudent.Open(bundle.ModelFile, bundle.Task.Heads, shapes, device, BatchAnalyzer.Filler(bundle));
                analyzers.Add(new BatchAnalyzer(bundle, session, $"cuda:{device}", CudaStudent.Close));
                bundle.Demand(session.GivesPooled);
            }
            return new CudaRunner(bundle, analyzers, devices, wait);
        }
        catch
        {
            analyzers.ForEach(analyzer => analyzer.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IAnalysisWorker> CreateWorkers(Metrics metrics) =>
        [.. _analyzers.Select(analyzer => new BatchWorker(analyzer, _wait, metrics))];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var analyzer in _analyzers)
            analyzer.Dispose();
        Bundle.Dispose();
    }
}
