using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Bundles.Common;

namespace Edge.Appliance.Analysis;

/// <summary>A bundle that may serve: 1. verified and loaded, 2. warmed up, 3. right on its golden utterances.</summary>
internal sealed class ReadyBundle : IDisposable
{
    private readonly int _workers;

    private ReadyBundle(ServedBundle bundle, Analyzer analyzer, int workers, int goldenCount)
    {
        _workers = workers;
        Bundle = bundle;
        Analyzer = analyzer;
        GoldenCount = goldenCount;
    }

    /// <summary>The bundle.</summary>
    public ServedBundle Bundle { get; }

    /// <summary>Its analyzer, warm.</summary>
    public Analyzer Analyzer { get; }

    /// <summary>Golden utterances that were run.</summary>
    public int GoldenCount { get; }

    /// <summary>Gets a bundle ready.</summary>
    /// <exception cref="UserException">It must not serve.</exception>
    public static ReadyBundle Open(LoadedOptions loaded) => Open(loaded, threads: loaded.Options.Analysis.Workers);

    /// <summary>Gets a bundle ready beside one that serves, on one thread: callers have the other processors.</summary>
    /// <exception cref="UserException">It must not serve.</exception>
    public static ReadyBundle OpenBeside(LoadedOptions loaded) => Open(loaded, threads: 1);

    private static ReadyBundle Open(LoadedOptions loaded, int threads)
    {
        const int shown = 5;
        var options = loaded.Options;
        var bundle = ServedBundle.Open(loaded);
        var analyzer = new Analyzer(bundle);
        try
        {
            analyzer.WarmUp(options.Analysis.Workers, threads);
            var golden = GoldenCheck.Run(bundle, analyzer);
            if (golden.Problems.Count > 0)
            {
                var more = golden.Problems.Count > shown ? $"\n  and {golden.Problems.Count - shown} more" : "";
                throw new UserException(ExitCode.BadInput,
                    $"bundle {bundle.Id} answers its own golden utterances wrongly ({golden.Problems.Count} differences):\n  "
                    + $"{string.Join("\n  ", golden.Problems.Take(shown))}{more}\nInstall the bundle again, or train it again.");
            }
            return new ReadyBundle(bundle, analyzer, options.Analysis.Workers, golden.Count);
        }
        catch
        {
            analyzer.Dispose();
            bundle.Dispose();
            throw;
        }
    }

    /// <summary>Makes the workers that answer with it, as many as the configuration says.</summary>
    public IReadOnlyList<IAnalysisWorker> CreateWorkers(Metrics metrics) =>
        [.. Enumerable.Range(0, _workers).Select(_ => new UtteranceWorker(Analyzer, metrics))];

    /// <inheritdoc/>
    public void Dispose()
    {
        Analyzer.Dispose();
        Bundle.Dispose();
    }
}
