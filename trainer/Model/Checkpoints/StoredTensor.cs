namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// A tensor in a file: what it is and where its values lie. Reading happens on demand, so that opening a checkpoint costs no
/// more than its headers.
/// </summary>
internal sealed class StoredTensor
{
    // Longest array of bytes in .NET, rounded down. The largest tensor of a BERT (250,000 pieces of 1,024 in F32) has half of it.
    private const long MostBytes = int.MaxValue - 65_536;

    private readonly FileRange _storage;
    private readonly long _offset;
    private readonly long[] _strides;

    private StoredTensor(ElementType type, FileRange storage, long offset, long[] shape, long[] strides)
    {
        Type = type;
        _storage = storage;
        _offset = offset;
        Shape = shape;
        _strides = strides;
    }

    /// <summary>Type of the stored values.</summary>
    public ElementType Type { get; }

    /// <summary>Size of each dimension.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Values in row-major order that fill a range of a file.</summary>
    /// <param name="place">File and tensor, for messages.</param>
    /// <param name="type">Type of the values.</param>
    /// <param name="storage">Where they lie.</param>
    /// <param name="shape">Size of each dimension.</param>
    /// <exception cref="CheckpointException">The range does not hold that shape.</exception>
    public static StoredTensor Dense(string place, ElementType type, FileRange storage, long[] shape)
    {
        if (Count(shape) is not { } count || count > storage.Length / type.Size() || count * type.Size() != storage.Length)
            throw new CheckpointException(place,
                $"{storage.Length} bytes do not hold [{string.Join(", ", shape)}] of {type}. The file is damaged; copy or download " +
                "it again.");
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            strides[dimension] = stride;
            stride *= shape[dimension];
        }
        return new StoredTensor(type, storage, 0, shape, strides);
    }

    /// <summary>Values that lie anywhere in a storage, which they may share with other tensors.</summary>
    /// <param name="place">File, for messages.</param>
    /// <param name="type">Type of the values.</param>
    /// <param name="storage">The whole storage.</param>
    /// <param name="offset">Element of the storage that comes first.</param>
    /// <param name="shape">Size of each dimension.</param>
    /// <param name="strides">Elements from one index of a dimension to the next.</param>
    /// <exception cref="CheckpointException">The tensor reaches beyond its storage.</exception>
    public static StoredTensor Strided(string place, ElementType type, FileRange storage, long offset, long[] shape, long[] strides)
    {
        var available = storage.Length / type.Size();
        var last = offset;
        var isValid = Count(shape) is { } count && shape.Length == strides.Length && offset >= 0 && offset <= available
            // An expanded tensor has more values than its storage; no parameter is one, and a few bytes could ask for any memory.
            && count <= available;
        for (var dimension = 0; isValid && dimension < shape.Length; dimension++)
        {
            if (shape[dimension] == 0)
                break;
            isValid = strides[dimension] >= 0
                && (shape[dimension] == 1 || strides[dimension] <= (available - last) / (shape[dimension] - 1));
            if (isValid && shape[dimension] > 1)
                last += strides[dimension] * (shape[dimension] - 1);
        }
        if (!isValid || (last >= available && Count(shape) > 0))
        {
            throw new CheckpointException(
                place,
                $"a tensor of [{string.Join(", ", shape)}], strides [{string.Join(", ", strides)}], from element {offset} on does not " +
                $"lie in its storage of {available} {type}. The file is damaged; copy or download it again.");
        }
        return new StoredTensor(type, storage, offset, shape, strides);
    }

    /// <summary>Reads the values in row-major order.</summary>
    /// <param name="place">File and tensor, for messages.</param>
    /// <param name="rows">How many indices of the first dimension; <c>null</c>: all.</param>
    /// <exception cref="CheckpointException">The type is not floating, or the bytes are damaged.</exception>
    public float[] Read(string place, int? rows = null)
    {
        if (!Type.IsFloating())
            throw new CheckpointException(place,
                $"is of type {Type}; weights are {ElementTypes.OfWeights}. Quantized checkpoints cannot be trained: use the one they " +
                "were made from.");
        long[] shape = [.. Shape];
        if (rows is { } wanted && shape.Length > 0)
            shape[0] = Math.Min(wanted, shape[0]);
        var count = Count(shape)!.Value;
        if (count == 0)
            return [];

        var last = _offset;
        for (var dimension = 0; dimension < shape.Length; dimension++)
            last += _strides[dimension] * (shape[dimension] - 1);
        var span = last - _offset + 1;
        var size = Type.Size();
        if (span > MostBytes / Math.Max(size, sizeof(float)))
            throw new CheckpointException(place, $"has {span} values; at most {MostBytes / Math.Max(size, sizeof(float))} are read.");
        var stored = new float[span];
        ElementTypes.Convert(Type, _storage.Read(_offset * size, checked((int)(span * size))), stored);
        return IsDense(shape) ? stored : Gather(stored, shape, count);
    }

    /// <summary>Product of the sizes; <c>null</c> where one is negative or the product is beyond what memory holds.</summary>
    private static long? Count(long[] shape)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 0 || (size > 0 && count > long.MaxValue / 16 / size))
                return null;
            count *= size;
        }
        return count;
    }

    private bool IsDense(long[] shape)
    {
        var expected = 1L;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            if (shape[dimension] > 1 && _strides[dimension] != expected)
                return false;
            expected *= shape[dimension];
        }
        return true;
    }

    private float[] Gather(float[] stored, long[] shape, long count)
    {
        var values = new float[count];
        var index = new long[shape.Length];
        var position = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = stored[position];
            for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
            {
                position += _strides[dimension];
                if (++index[dimension] < shape[dimension])
                    break;
                position -= _strides[dimension] * shape[dimension];
                index[dimension] = 0;
            }
        }
        return values;
    }
}
