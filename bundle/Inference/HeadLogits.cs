using System.Runtime.InteropServices;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Bundles.Inference;

/// <summary>
/// The input and output buffers of one worker, made by <see cref="StudentSession.CreateLogits"/>. Not for use by two threads
/// at once. The buffers are pinned, and each length of input keeps its binding to them, so that a run allocates nothing.
/// </summary>
public sealed class HeadLogits : IUtteranceLogits, IDisposable
{
    private readonly InferenceSession _session;
    private readonly IReadOnlyList<HeadDefinition> _heads;
    private readonly int[] _widths;
    private readonly bool[] _perToken;
    private readonly float[][] _outputs;
    private readonly NgramLookup? _ngrams;
    private readonly float[] _pooled;
    private readonly List<IDisposable> _values = [];
    private long[] _ids = [];
    private long[] _mask = [];
    private long[] _types = [];
    private int[] _rows = []; // [tokens, kinds]
    private OrtIoBinding?[] _bindings = []; // by length
    private int _length;
    private bool _disposed;

    internal HeadLogits(
        InferenceSession session, IReadOnlyList<HeadDefinition> heads, int[] widths, bool[] perToken, NgramLookup? ngrams, int pooledWidth,
        int capacity)
    {
        _ngrams = ngrams;
        _session = session;
        _heads = heads;
        _widths = widths;
        _perToken = perToken;
        _outputs = new float[heads.Count][];
        _pooled = GC.AllocateArray<float>(pooledWidth, pinned: true);
        Grow(capacity);
    }

    /// <summary>Number of heads.</summary>
    public int Count => _heads.Count;

    /// <summary>Tokens of the utterance that was run last; 0 before the first run.</summary>
    public int Length => _length;

    /// <inheritdoc/>
    public ReadOnlySpan<float> this[int headIndex] =>
        _outputs[headIndex].AsSpan(0, _perToken[headIndex] ? _length * _widths[headIndex] : _widths[headIndex]);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Pooled => _pooled;

    /// <summary>Copies an utterance in and returns the binding of its length.</summary>
    internal OrtIoBinding Bind(InferenceSession session, TokenView encoded)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (session != _session)
            throw new ArgumentException("These logits were created by another session; use CreateLogits() of the session that runs.");
        if (encoded.Length == 0 || encoded.TypeIds.Length != encoded.Length)
            throw new ArgumentException(
                $"An input needs one token or more and a type for each; found {encoded.Length} and {encoded.TypeIds.Length}.");
        if (encoded.Length > _ids.Length)
            Grow((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)encoded.Length));

        _length = encoded.Length;
        for (var i = 0; i < _length; i++)
        {
            _ids[i] = encoded.Ids[i];
            _types[i] = encoded.TypeIds[i];
        }
        _ngrams?.Find(encoded.Ids, _rows.AsSpan(0, _length * _ngrams.Kinds));
        return _bindings[_length] ??= CreateBinding(_length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        ReleaseBindings();
    }

    private void Grow(int capacity)
    {
        ReleaseBindings();
        _ids = GC.AllocateArray<long>(capacity, pinned: true);
        _mask = GC.AllocateArray<long>(capacity, pinned: true);
        _types = GC.AllocateArray<long>(capacity, pinned: true);
        _rows = GC.AllocateArray<int>(capacity * (_ngrams?.Kinds ?? 0), pinned: true);
        _mask.AsSpan().Fill(1); // one utterance a run: no padding
        for (var head = 0; head < _outputs.Length; head++)
            _outputs[head] = GC.AllocateArray<float>(_widths[head] * (_perToken[head] ? capacity : 1), pinned: true);
        _bindings = new OrtIoBinding?[capacity + 1];
    }

    private OrtIoBinding CreateBinding(int length)
    {
        var binding = Keep(_session.CreateIoBinding());
        foreach (var name in _session.InputNames)
        {
            binding.BindInput(name, Keep(name switch
            {
                ModelSignature.AttentionMask => Tensor(_mask, [1, length]),
                ModelSignature.TokenTypeIds => Tensor(_types, [1, length]),
                ModelSignature.NgramRows => Tensor(_rows, [1, length, _ngrams!.Kinds]),
                _ => Tensor(_ids, [1, length]),
            }));
        }
        for (var head = 0; head < _outputs.Length; head++)
        {
            long[] shape = _perToken[head] ? [1, length, _widths[head]] : [1, _widths[head]];
            binding.BindOutput(_heads[head].Name, Keep(Tensor(_outputs[head], shape)));
        }
        if (_pooled.Length > 0)
            binding.BindOutput(ModelSignature.PooledOutput, Keep(Tensor(_pooled, [1, _pooled.Length])));
        return binding;
    }

    private static OrtValue Tensor<T>(T[] pinned, long[] shape)
        where T : unmanaged =>
        OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, MemoryMarshal.CreateFromPinnedArray(pinned, 0, pinned.Length), shape);

    private T Keep<T>(T value)
        where T : IDisposable
    {
        _values.Add(value);
        return value;
    }

    private void ReleaseBindings()
    {
        // Each binding stands before the values it refers to.
        foreach (var value in _values)
            value.Dispose();
        _values.Clear();
        _bindings = [];
    }
}
