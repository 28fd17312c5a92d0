using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Inference.Cuda;

namespace Edge.Appliance.Analysis;

/// <summary>
/// Opens a bundle's model where <c>Analysis:Provider</c> says. 1. <c>cpu</c> and <c>cuda</c>: there, or not at all. 2. <c>auto</c>: on the
/// processor, which must answer right in any case; then on the GPU, if there is one that answers right; the faster one runs.
/// </summary>
/// <param name="loaded">The configuration.</param>
/// <param name="threads">Threads that warming up takes.</param>
internal sealed class RunnerChoice(LoadedOptions loaded, int threads)
{
    /// <summary>Code of the warning that a GPU is there and not used.</summary>
    public const string UnusedGpuWarning = "gpu-unused";

    private const string MemoryFile = "provider.json";

    private readonly ApplianceOptions _options = loaded.Options;
    private readonly ProviderSetting _setting = ProviderSetting.Parse(loaded.Options.Analysis.Provider)!;

    /// <summary>Opens it.</summary>
    /// <exception cref="UserException">It must not serve.</exception>
    public ChosenRunner Open()
    {
        if (_setting.Kind == ProviderKind.Cuda)
        {
            var cuda = Checked(OpenCuda(), out var count);
            return new ChosenRunner(cuda, null, count, "", null);
        }
        var processor = Checked(OpenProcessor(), out var golden);
        if (_setting.Kind == ProviderKind.Cpu)
            return new ChosenRunner(processor, null, golden, "", null);
        try
        {
            return Fastest(processor, golden);
        }
        catch
        {
            processor.Dispose();
            throw;
        }
    }

    /// <summary>Opens it for a single answer, without measuring anything.</summary>
    public IModelRunner OpenQuickly() => _setting.Kind == ProviderKind.Cuda ? OpenCuda() : Processor();

    private ProcessorRunner OpenProcessor()
    {
        var runner = Processor();
        runner.WarmUp(threads);
        return runner;
    }

    private ProcessorRunner Processor() => new(ServedBundle.Open(loaded), _options.Analysis.Workers);

    private CudaRunner OpenCuda()
    {
        var bundle = ServedBundle.Open(loaded, onProcessor: false);
        try
        {
            return CudaRunner.Open(bundle, _setting.Devices, _options.Analysis.BatchWait);
        }
        catch (CudaException failure)
        {
            throw new UserException(ExitCode.Environment,
                $"Analysis:Provider is {_options.Analysis.Provider}; {failure.Message}\nNothing runs on the processor instead. To allow " +
                "that, set Analysis:Provider to auto or cpu.", failure);
        }
    }

    private ChosenRunner Fastest(ProcessorRunner processor, int golden)
    {
        var probe = CudaProbe.Found;
        if (_options.Analysis.Precision is not ("auto" or Precision.Fp16))
            return Without(processor, golden, $"Analysis:Precision is {_options.Analysis.Precision}, and a GPU runs fp16",
                "set Analysis:Precision to auto, or Analysis:Provider to cpu");
        if (golden == 0)
            return Without(processor, golden, "the bundle has no golden utterances to measure and check it with",
                "set Analysis:Provider to cuda or cpu");
        var box = $"{ProcessorInfo.First("model name")}; {Environment.ProcessorCount} processors; " +
            $"{string.Join(", ", probe.Devices.Select(device => device.Name))}; CUDA {probe.DriverVersion}; {ProductVersion.Text}";
        var memory = new ProviderMemory(
            Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_options.UncertainCases.File))!, MemoryFile));
        var figures = memory.Find(processor.Bundle.Id, box);
        if (figures is { } known && !known.IsGpuFaster())
            return Slower(processor, golden, known);

        CudaRunner? cuda = null;
        try
        {
            cuda = CudaRunner.Open(processor.Bundle.OnGpu(_options.Thresholds), _setting.Devices, _options.Analysis.BatchWait);
            var differences = GoldenCheck.Run(cuda.Bundle, cuda.Analyzers[0]).Problems.Count;
            if (differences > 0)
            {
                cuda.Dispose();
                return Without(processor, golden, $"{cuda.Provider}, {cuda.Devices}, answers the bundle's golden utterances wrongly " +
                    $"({differences} differences)", "export the bundle again; if that does not help, look at nvidia-smi");
            }
            var note = "";
            if (figures is null)
            {
                figures = Measure(processor, cuda, golden, box);
                note = memory.Keep(figures) is { } problem ? $"; measured at every start, because {problem}" : "";
            }
            if (figures.IsGpuFaster())
                return new ChosenRunner(cuda, processor, golden, $"{figures}{note}", null);
            cuda.Dispose();
            return Slower(processor, golden, figures);
        }
        catch (Exception failure) when (failure is CudaException or BundleException or InvalidOperationException)
        {
            cuda?.Dispose();
            var problems = failure is CudaException missing ? string.Join("; ", missing.Problems) : failure.Message;
            return Without(processor, golden, problems, "do so, or set Analysis:Provider to cpu");
        }
    }

    private static ProviderFigures Measure(ProcessorRunner processor, CudaRunner cuda, int golden, string box)
    {
        var medians = ProviderMeasurement.Medians([processor.Analyzers[0], cuda.Analyzers[0]], GoldenCheck.Texts(processor.Bundle));
        return new ProviderFigures
        {
            Bundle = processor.Bundle.Id, Box = box, Gpu = $"{cuda.Provider} ({cuda.Devices})", ProcessorMs = medians[0],
            GpuMs = medians[1], Utterances = golden,
        };
    }

    private static ChosenRunner Slower(ProcessorRunner processor, int golden, ProviderFigures figures) =>
        Without(processor, golden, $"it is slower: {figures}", "set Analysis:Provider to cuda for throughput, or to cpu");

    private static ChosenRunner Without(ProcessorRunner processor, int golden, string reason, string remedy) => new(
        processor, null, golden, CudaProbe.SeesGpu ? $"the GPU is not used: {reason}" : "",
        CudaProbe.SeesGpu
            ? new HealthWarning(UnusedGpuWarning, HealthSeverity.Warning, $"a GPU is there and not used: {reason}", remedy)
            : null);

    private static T Checked<T>(T runner, out int count)
        where T : IModelRunner
    {
        const int shown = 5;
        try
        {
            count = 0;
            foreach (var analyzer in runner.Analyzers)
            {
                var golden = GoldenCheck.Run(runner.Bundle, analyzer);
                count = golden.Count;
                if (golden.Problems.Count == 0)
                    continue;
                var more = golden.Problems.Count > shown ? $"\n  and {golden.Problems.Count - shown} more" : "";
                throw new UserException(ExitCode.BadInput,
                    $"bundle {runner.Bundle.Id} answers its own golden utterances wrongly ({golden.Problems.Count} differences):\n  "
                    + $"{string.Join("\n  ", golden.Problems.Take(shown))}{more}\nInstall the bundle again, or train it again.");
            }
            return runner;
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }
}
