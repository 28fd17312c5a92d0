using System.Diagnostics;
using Edge.Appliance.Configuration;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Inference;
using Edge.Bundles.Signing;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Appliance.Analysis;

/// <summary>A verified bundle with its model loaded in one precision.</summary>
internal sealed class ServedBundle : IDisposable
{
    private readonly OpenedBundle _opened;
    private readonly PrecisionEntry _entry;
    private readonly StudentSession? _session;

    private ServedBundle(
        OpenedBundle opened, string precision, StudentSession? session, UtteranceTokenizer tokenizer, Acceptance acceptance)
    {
        _opened = opened;
        _entry = opened.Manifest.Precisions[precision];
        Precision = precision;
        _session = session;
        Tokenizer = tokenizer;
        Acceptance = acceptance;
        Scope = ScopeOfBundle.Of(opened.Manifest.Task, _entry);
    }

    /// <summary>Id of the bundle.</summary>
    public string Id => _opened.Manifest.Id;

    /// <summary>What it is and holds.</summary>
    public BundleManifest Manifest => _opened.Manifest;

    /// <summary>Full path of the directory, symbolic links resolved.</summary>
    public string Directory => _opened.Directory;

    /// <summary>Precision that was loaded.</summary>
    public string Precision { get; }

    /// <summary>Path of the model's file.</summary>
    public string ModelFile => _opened.PathOf(_entry);

    /// <summary>The task with its labels.</summary>
    public TaskDefinition Task => _opened.Manifest.Task;

    /// <summary>The model on the processor.</summary>
    public StudentSession Session => _session ?? throw new InvalidOperationException($"{ModelFile} was opened for a GPU.");

    /// <summary>How long creating the model's session took, as a part of opening.</summary>
    public TimeSpan SessionTime { get; private init; }

    /// <summary>The tokenizer.</summary>
    public UtteranceTokenizer Tokenizer { get; }

    /// <summary>Which answers are accepted.</summary>
    public Acceptance Acceptance { get; }

    /// <summary>What tells that an utterance is out of scope; null where the bundle does not say.</summary>
    public ScopeOfBundle? Scope { get; }

    /// <summary>Path of the golden utterances; null where the bundle has none.</summary>
    public string? GoldenFile => _opened.Has(BundleFiles.Golden) ? _opened.PathOf(BundleFiles.Golden) : null;

    /// <summary>Opens the bundle that the configuration names, under its rules.</summary>
    /// <param name="loaded">The configuration.</param>
    /// <param name="onProcessor">Whether the model is loaded here; a GPU loads its own.</param>
    /// <exception cref="UserException">It is missing, damaged, not trusted, or cannot be served.</exception>
    public static ServedBundle Open(LoadedOptions loaded, bool onProcessor = true) => Open(
        loaded.Options.Bundle, loaded.BundlePlace, loaded.Options.Analysis.Precision, thresholds: loaded.Options.Thresholds,
        trustedKeys: loaded.Options.Bundles.TrustedKeys, onProcessor: onProcessor);

    /// <summary>Opens a bundle: verifies every file, then loads tokenizer and model.</summary>
    /// <param name="directory">Directory, or a link to it.</param>
    /// <param name="place">Where it was named, for messages.</param>
    /// <param name="precision"><c>auto</c>, <c>int8</c> or <c>fp32</c>.</param>
    /// <param name="session">How to run the model; <c>null</c>: as the appliance does.</param>
    /// <param name="thresholds">Thresholds of the configuration, which count instead of the bundle's.</param>
    /// <param name="trustedKeys">PEM file of the keys one of which must have signed it; <c>null</c>: whoever made it.</param>
    /// <param name="onProcessor">Whether the model is loaded here; a GPU loads its own.</param>
    /// <exception cref="UserException">It is missing, damaged, or cannot be served.</exception>
    public static ServedBundle Open(
        string directory, string place, string precision, StudentSessionOptions? session = null,
        IReadOnlyList<ThresholdOverride>? thresholds = null, string? trustedKeys = null, bool onProcessor = true)
    {
        if (!System.IO.Directory.Exists(directory))
        {
            throw new UserException(ExitCode.BadInput,
                $"{place}: Bundle is {directory}; there is no such directory ({Path.GetFullPath(directory)}).\n"
                + "Train a bundle:   edge-trainer run --data DIR --out DIR\n"
                + "then name it with --bundle DIR, EDGE_BUNDLE=DIR or \"Bundle\" in appliance.json, or link it as ./current.");
        }
        var runtime = System.Threading.Tasks.Task.Run(StudentSession.LoadRuntime); // while the files are verified
        try
        {
            var opened = BundleReader.Open(directory, trustedKeys is null ? null : TrustedKeys.Read(trustedKeys));
            var task = opened.Manifest.Task;
            var chosen = onProcessor ? Choose(opened, precision) : ForGpu(opened);
            var acceptance = Acceptance.Of(task, opened.Manifest.Precisions[chosen], thresholds ?? []);
            var tokenizer = opened.LoadTokenizer();
            var options = (session ?? new StudentSessionOptions()) with { ExpectedLength = task.MaxLength };
            runtime.GetAwaiter().GetResult();
            var before = Stopwatch.GetTimestamp();
            var model = onProcessor
                ? StudentSession.Open(opened.PathOf(opened.Manifest.Precisions[chosen]), task.Heads, options)
                : null;
            var served = new ServedBundle(opened, chosen, model, tokenizer, acceptance)
            {
                SessionTime = Stopwatch.GetElapsedTime(before),
            };
            try
            {
                if (model is not null)
                    served.Demand(model.GivesPooled);
                return served;
            }
            catch
            {
                served.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is BundleException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.BadInput,
                $"the bundle cannot be served: {failure.Message}\nNothing was changed. Install the bundle again, or name another one " +
                "with --bundle DIR.", failure);
        }
        finally
        {
            runtime.Wait(); // a process that ended while the library loads would crash
        }
    }

    /// <summary>The same bundle in the precision that GPUs run.</summary>
    /// <param name="thresholds">As those of Open.</param>
    /// <exception cref="BundleException">It has no such file.</exception>
    public ServedBundle OnGpu(IReadOnlyList<ThresholdOverride> thresholds)
    {
        var precision = ForGpu(_opened);
        return new(_opened, precision, null, Tokenizer, Acceptance.Of(Task, _opened.Manifest.Precisions[precision], thresholds));
    }

    /// <summary>Whether a link, or a path, leads to this bundle still.</summary>
    /// <exception cref="BundleException">It leads to no bundle.</exception>
    public bool IsIn(string directory) => BundleReader.IsSame(directory, _opened);

    /// <summary>Calibration temperature of a head.</summary>
    public float TemperatureOf(HeadDefinition head) => _entry.TemperatureOf(head.Name);

    /// <inheritdoc/>
    public void Dispose() => _session?.Dispose();

    /// <summary>Demands of a session, here or on a GPU, what <see cref="Scope"/> reads.</summary>
    /// <exception cref="BundleException">It does not give it.</exception>
    public void Demand(bool givesPooled)
    {
        if (!givesPooled && _entry.OutOfScope?.Norm is not null)
            throw new BundleException(
                $"{ModelFile}: it has no output {ModelSignature.PooledOutput}, which the manifest's outOfScope reads. "
                + "Export the model again.");
    }

    private static string ForGpu(OpenedBundle opened) => opened.Manifest.Precisions.ContainsKey(Bundles.Precision.Fp16)
        ? Bundles.Precision.Fp16
        : throw new BundleException($"{opened.Directory}: the bundle has the precisions " +
            $"{string.Join(", ", opened.Manifest.Precisions.Keys)}; a GPU needs fp16. Export it again with \"fp16\": true, the default.");

    private static string Choose(OpenedBundle opened, string precision)
    {
        var found = opened.Manifest.Precisions;
        var chosen = precision != "auto"
            ? precision
            : found.ContainsKey(Bundles.Precision.Int8) ? Bundles.Precision.Int8 : Bundles.Precision.Fp32;
        return found.ContainsKey(chosen)
            ? chosen
            : throw new BundleException(
                $"{opened.Directory}: the bundle has the " +
                $"precisions {string.Join(", ", found.Keys)}; Analysis:Precision {precision} needs {chosen}.");
    }
}
