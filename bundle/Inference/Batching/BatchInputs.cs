using Edge.Bundles.Tokenization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Edge.Bundles.Inference.Batching;

/// <summary>The inputs of a batch: utterances one below the other, padded to the bucket.</summary>
internal sealed class BatchInputs
{
    private readonly SharedBuffer<long> _ids;
    private readonly SharedBuffer<long> _mask;
    private readonly SharedBuffer<long> _types;
    private readonly SharedBuffer<int>? _rows;
    private readonly NgramLookup? _ngrams;

    /// <summary>Takes the memory of the largest bucket.</summary>
    public BatchInputs(IBatchMemory memory, BatchShapes shapes, NgramLookup? ngrams)
    {
        var most = shapes.All.Max(shape => shape.Rows * shape.Length);
        (_ids, _mask, _types) = (new(memory, most), new(memory, most), new(memory, most));
        _rows = ngrams is null ? null : new(memory, most * ngrams.Kinds);
        _ngrams = ngrams;
    }

    /// <summary>An input in a bucket's shape.</summary>
    public OrtValue Tensor(string name, OrtMemoryInfo info, BatchShape shape) => name switch
    {
        ModelSignature.AttentionMask => _mask.Tensor(info, TensorElementType.Int64, shape.Rows, shape.Length),
        ModelSignature.TokenTypeIds => _types.Tensor(info, TensorElementType.Int64, shape.Rows, shape.Length),
        ModelSignature.NgramRows => _rows!.Tensor(info, TensorElementType.Int32, shape.Rows, shape.Length, _ngrams!.Kinds),
        _ => _ids.Tensor(info, TensorElementType.Int64, shape.Rows, shape.Length),
    };

    /// <summary>Copies utterances in.</summary>
    public void Write(ReadOnlySpan<TokenBuffer> utterances, BatchShape shape)
    {
        var size = shape.Rows * shape.Length;
        var ids = _ids.Span[..size];
        var mask = _mask.Span[..size];
        var types = _types.Span[..size];
        ids.Clear();
        mask.Clear();
        types.Clear();
        for (var row = 0; row < shape.Rows; row++)
        {
            var (start, count) = (row * shape.Length, 0);
            if (row < utterances.Length)
            {
                var tokens = utterances[row].View;
                for (; count < tokens.Length; count++)
                    (ids[start + count], types[start + count]) = (tokens.Ids[count], tokens.TypeIds[count]);
            }
            mask.Slice(start, Math.Max(count, 1)).Fill(1); // a row that nobody reads has one token, too: the mean of none is 0/0
            _ngrams?.Find(row < utterances.Length ? utterances[row].View.Ids : [],
                _rows!.Span.Slice(start * _ngrams.Kinds, shape.Length * _ngrams.Kinds));
        }
    }
}
