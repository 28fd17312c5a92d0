using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Edge.Bundles.Inference.Batching;

/// <summary>
/// A student model that runs several utterances at once, padded to one of few shapes. Not for use by two threads at once. Runs files whose
/// batch is free: not the 8-bit one.
/// </summary>
public sealed class BatchSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _modelFile;
    private readonly IBatchMemory _memory;
    private readonly BatchInputs _inputs;
    private readonly IReadOnlyList<HeadDefinition> _heads;
    private readonly SharedBuffer<float>[] _outputs; // by head
    private readonly SharedBuffer<float>? _pooled; // null where the file does not give it out
    private readonly int _pooledWidth;
    private readonly Dictionary<BatchShape, BatchBucket> _buckets = [];
    private readonly List<IDisposable> _values = [];
    private readonly DeviceThread? _thread;
    private readonly int[] _lengths = new int[BatchShapes.MostRows]; // tokens, by row
    private BatchShape _shape;

    private BatchSession(
        InferenceSession session, string modelFile, IReadOnlyList<HeadDefinition> heads, BatchShapes shapes, IBatchMemory memory,
        DeviceThread? thread)
    {
        (_session, _modelFile, _heads, Shapes, _memory, _thread) = (session, modelFile, [.. heads], shapes, memory, thread);
        _inputs = new BatchInputs(memory, shapes, ModelSignature.ReadNgrams(modelFile, session));
        _outputs = [.. heads.Select(head => new SharedBuffer<float>(memory, shapes.All.Max(shape => Size(head, shape))))];
        _pooledWidth = ModelSignature.PooledWidth(session);
        if (_pooledWidth > 0)
            _pooled = new SharedBuffer<float>(memory, shapes.All.Max(shape => shape.Rows) * _pooledWidth);
    }

    /// <summary>The shapes that it runs.</summary>
    public BatchShapes Shapes { get; }

    /// <summary>Whether the file gives the pooled vector out.</summary>
    public bool GivesPooled => _pooled is not null;

    /// <summary>The logits of an utterance of the last batch, until the next one.</summary>
    /// <param name="row">Its place in the batch.</param>
    public BatchLogits this[int row] => new(this, row);

    /// <summary>Opens a model on the processor.</summary>
    /// <param name="modelFile">ONNX file.</param>
    /// <param name="heads">Heads that will be read.</param>
    /// <param name="shapes">The shapes that it will run.</param>
    /// <exception cref="BundleException">There is no such file, it is no ONNX model, or it lacks what the heads need.</exception>
    public static BatchSession OpenOnProcessor(string modelFile, IReadOnlyList<HeadDefinition> heads, BatchShapes shapes) =>
        Create(
            StudentSession.Load(modelFile, new StudentSessionOptions()), modelFile, heads, shapes, new HostMemory(), null, (_, _) => { });

    /// <summary>Binds every bucket of an opened model. What was given is disposed where it fails.</summary>
    /// <param name="session">The model.</param>
    /// <param name="modelFile">Its file.</param>
    /// <param name="heads">Heads that will be read.</param>
    /// <param name="shapes">The shapes that it will run.</param>
    /// <param name="memory">Where inputs and outputs lie.</param>
    /// <param name="thread">The only thread that runs it; <c>null</c>: any one.</param>
    /// <param name="configure">Sets a bucket's run options; the number counts from 1.</param>
    internal static BatchSession Create(
        InferenceSession session, string modelFile, IReadOnlyList<HeadDefinition> heads, BatchShapes shapes, IBatchMemory memory,
        DeviceThread? thread, Action<RunOptions, int> configure)
    {
        BatchSession? batches = null;
        try
        {
            ModelSignature.Check(modelFile, session, heads);
            if (session.InputMetadata.Values.Any(input => input.Dimensions[0] >= 0))
                throw new BundleException($"{modelFile}: it takes one utterance a run; batches need the fp16 or the fp32 file.");
            batches = new BatchSession(session, modelFile, heads, shapes, memory, thread);
            foreach (var (number, shape) in shapes.All.Index())
                batches.Bind(shape, options => configure(options, number + 1));
            return batches;
        }
        catch
        {
            if (batches is not null)
            {
                batches.Dispose();
                throw;
            }
            memory.Dispose();
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs every bucket once: what is allocated, and on a GPU captured, at a shape's first run is done then.</summary>
    /// <param name="filler">An utterance of one token or more.</param>
    public void WarmUp(TokenBuffer filler)
    {
        foreach (var shape in Shapes.All)
            Run([filler], shape, isFirst: true);
    }

    /// <summary>Does long work where the model runs, so that no run changes threads for it.</summary>
    public Task RunOnDeviceAsync(Action work) => _thread?.RunAsync(work) ?? Task.Run(work);

    /// <summary>Computes the logits of a batch, on the device's own thread without allocating.</summary>
    /// <param name="utterances">As many as <see cref="BatchShapes.MostRowsFor"/> allows for the longest of them.</param>
    /// <exception cref="InvalidOperationException">The model could not run.</exception>
    public void Run(ReadOnlySpan<TokenBuffer> utterances)
    {
        var longest = 0;
        foreach (var utterance in utterances)
            longest = Math.Max(longest, utterance.View.Length);
        Run(utterances, Shapes.For(utterances.Length, longest), isFirst: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_thread is null)
        {
            Free();
            return;
        }
        _thread.Invoke(Free);
        _thread.Dispose();
    }

    private void Free()
    {
        foreach (var bucket in _buckets.Values)
        {
            bucket.Binding.Dispose();
            bucket.Options.Dispose();
        }
        _buckets.Clear();
        foreach (var value in _values)
            value.Dispose();
        _values.Clear();
        _memory.Dispose();
        _session.Dispose();
    }

    internal ReadOnlySpan<float> LogitsOf(int row, int head)
    {
        var width = _heads[head].OutputCount;
        return _heads[head].Kind == HeadKind.Span
            ? _outputs[head].Span.Slice(row * _shape.Length * width, _lengths[row] * width)
            : _outputs[head].Span.Slice(row * width, width);
    }

    internal ReadOnlySpan<float> PooledOf(int row) => _pooled is null ? [] : _pooled.Span.Slice(row * _pooledWidth, _pooledWidth);

    private void Run(ReadOnlySpan<TokenBuffer> utterances, BatchShape shape, bool isFirst)
    {
        var bucket = _buckets[shape];
        _inputs.Write(utterances, shape);
        try
        {
            if (_thread is null)
                _session.RunWithBinding(bucket.Options, bucket.Binding);
            else
                _thread.Invoke(isFirst ? bucket.Capture : bucket.Run);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new InvalidOperationException(
                $"{_modelFile}: the model failed on {shape.Rows} utterances of {shape.Length} tokens: {failure.Message}", failure);
        }
        _shape = shape;
        for (var row = 0; row < utterances.Length; row++)
            _lengths[row] = utterances[row].View.Length;
    }

    private void Bind(BatchShape shape, Action<RunOptions> configure)
    {
        var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        configure(options);
        var binding = _session.CreateIoBinding();
        void Run() => _session.RunWithBinding(options, binding);
        Action run = Run; // once, so that a run allocates nothing
        _buckets.Add(shape, new BatchBucket(binding, options, () => CaptureGate.Run(run), () => CaptureGate.Capture(run)));
        foreach (var name in _session.InputNames)
            binding.BindInput(name, Keep(_inputs.Tensor(name, _memory.Inputs, shape)));
        foreach (var (head, output) in _heads.Zip(_outputs))
        {
            long[] sizes = head.Kind == HeadKind.Span
                ? [shape.Rows, shape.Length, head.OutputCount]
                : [shape.Rows, head.OutputCount];
            binding.BindOutput(head.Name, Keep(output.Tensor(_memory.Outputs, TensorElementType.Float, sizes)));
        }
        if (_pooled is not null)
            binding.BindOutput(ModelSignature.PooledOutput,
                Keep(_pooled.Tensor(_memory.Outputs, TensorElementType.Float, [shape.Rows, _pooledWidth])));
    }

    private OrtValue Keep(OrtValue value)
    {
        _values.Add(value);
        return value;
    }

    private static int Size(HeadDefinition head, BatchShape shape) =>
        shape.Rows * head.OutputCount * (head.Kind == HeadKind.Span ? shape.Length : 1);
}
