using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference;

/// <summary>
/// A student model, ready to run. One session serves any number of threads at once; each thread brings its own
/// <see cref="HeadLogits"/>. Runs files of every precision: it feeds the inputs that the file declares.
/// </summary>
public sealed class StudentSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly string _modelFile;
    private readonly int[] _widths;
    private readonly bool[] _perToken;
    private readonly int _expectedLength;
    private readonly NgramLookup? _ngrams;

    private StudentSession(InferenceSession session, string modelFile, IReadOnlyList<HeadDefinition> heads, int expectedLength)
    {
        _ngrams = ModelSignature.ReadNgrams(modelFile, session);
        _session = session;
        _modelFile = modelFile;
        _expectedLength = expectedLength;
        Heads = heads;
        _widths = [.. heads.Select(head => head.OutputCount)];
        _perToken = [.. heads.Select(head => head.Kind == HeadKind.Span)];
    }

    /// <summary>The heads, in the order of <see cref="HeadLogits"/>.</summary>
    public IReadOnlyList<HeadDefinition> Heads { get; }

    /// <summary>Whether the file gives the pooled vector out (<see cref="HeadLogits.Pooled"/>).</summary>
    public bool GivesPooled => ModelSignature.PooledWidth(_session) > 0;

    /// <summary>ONNX Runtime's session, for measuring what the appliance does not do.</summary>
    internal InferenceSession Runtime => _session;

    /// <summary>Loads ONNX Runtime itself, which takes longer than a small model; where nobody asks, the first session does.</summary>
    public static void LoadRuntime() => OrtEnv.Instance();

    /// <summary>Loads a model and checks that it has the heads' outputs.</summary>
    /// <param name="modelFile">ONNX file.</param>
    /// <param name="heads">Heads that will be read; the file may have more.</param>
    /// <param name="options">How to run it; <c>null</c> for the defaults.</param>
    /// <exception cref="BundleException">There is no such file, it is no ONNX model, or it lacks what the heads need.</exception>
    public static StudentSession Open(string modelFile, IReadOnlyList<HeadDefinition> heads, StudentSessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(heads);
        options ??= new StudentSessionOptions();
        options.Validate();
        if (!File.Exists(modelFile))
            throw new BundleException($"{modelFile}: no such model file.");

        var session = Load(modelFile, options);
        try
        {
            ModelSignature.Check(modelFile, session, heads);
            return new StudentSession(session, modelFile, [.. heads], options.ExpectedLength);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Creates the buffers of one worker. Dispose them before the session.</summary>
    public HeadLogits CreateLogits() =>
        new(_session, Heads, _widths, _perToken, _ngrams, ModelSignature.PooledWidth(_session), _expectedLength);

    /// <summary>Computes the logits of one utterance, without allocating once this length has been seen.</summary>
    /// <param name="encoded">The utterance.</param>
    /// <param name="logits">This worker's buffers; they hold the result until the next run.</param>
    /// <exception cref="InvalidOperationException">The model refused the input, for example because it is longer than the model
    /// allows.</exception>
    public void Run(TokenView encoded, HeadLogits logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        var binding = logits.Bind(_session, encoded);
        try
        {
            _session.RunWithBinding(_runOptions, binding);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new InvalidOperationException(
                $"{_modelFile}: the model refused an input of {encoded.Length} tokens: {failure.Message}", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    internal static InferenceSession Load(string modelFile, StudentSessionOptions options)
    {
        // Measured on 2 vCPU at 16 tokens: a second thread gains nothing for INT8, spinning costs 29 %. Prepacking, on by
        // default, is what makes s8 weights fast (0.9 against 2.45 ms).
        using var session = new SessionOptions
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // errors are thrown; not on stderr as well
        };
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.Spinning ? "1" : "0");
        session.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        session.AddSessionConfigEntry("session.disable_prepacking", options.Prepacking ? "0" : "1");
        // In ONNX Runtime 1.31 Add and LayerNormalization apart are faster than as one (measured: docs/adr/0002).
        session.AddSessionConfigEntry("optimization.disable_specified_optimizers", "SkipLayerNormFusion");
        try
        {
            return new InferenceSession(modelFile, session);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new BundleException($"{modelFile}: ONNX Runtime cannot load it: {failure.Message}", failure);
        }
    }
}
