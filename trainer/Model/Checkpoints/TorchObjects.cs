using System.Globalization;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// The names that <c>torch.save</c> puts into the pickle of a state dict, and what they become here. Every other name is refused.
/// </summary>
/// <param name="place">File, for messages.</param>
internal sealed class TorchObjects(string place)
{
    private static readonly PickleGlobal OrderedDict = new("collections", "OrderedDict");
    private static readonly PickleGlobal RebuildTensor = new("torch._utils", "_rebuild_tensor");
    private static readonly PickleGlobal RebuildTensorV2 = new("torch._utils", "_rebuild_tensor_v2");
    private static readonly PickleGlobal RebuildParameter = new("torch._utils", "_rebuild_parameter");

    private static readonly Dictionary<PickleGlobal, ElementType> Storages = new()
    {
        [new("torch", "FloatStorage")] = ElementType.F32,
        [new("torch", "HalfStorage")] = ElementType.F16,
        [new("torch", "BFloat16Storage")] = ElementType.BF16,
        [new("torch", "DoubleStorage")] = ElementType.F64,
        [new("torch", "LongStorage")] = ElementType.I64,
        [new("torch", "IntStorage")] = ElementType.I32,
        [new("torch", "ShortStorage")] = ElementType.I16,
        [new("torch", "CharStorage")] = ElementType.I8,
        [new("torch", "ByteStorage")] = ElementType.U8,
        [new("torch", "BoolStorage")] = ElementType.BOOL,
    };

    private readonly Dictionary<string, TorchStorage> _known = new(StringComparer.Ordinal);

    /// <summary>Storages that were referred to, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Known => _known;

    /// <summary>Takes a name.</summary>
    /// <exception cref="CheckpointException">A state dict does not need it.</exception>
    public PickleGlobal Find(PickleGlobal global) =>
        Storages.ContainsKey(global) || global == OrderedDict || global == RebuildTensor || global == RebuildTensorV2
        || global == RebuildParameter
            ? global
            : throw new CheckpointException(
                place,
                $"names {global}, which is refused: only tensors and dictionaries are read, and nothing from a file is executed. Save " +
                "the model with torch.save(model.state_dict(), ...) or, better, as model.safetensors.");

    /// <summary>What a call of a known name gives.</summary>
    public object Build(PickleGlobal? function, object?[] arguments)
    {
        if (function == OrderedDict)
            return Dictionary(arguments);
        if (function == RebuildParameter && arguments is [TorchTensor data, ..])
            return data;
        if ((function == RebuildTensorV2 || function == RebuildTensor)
            && arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..])
            return new TorchTensor(storage, offset, Sizes(shape), Sizes(strides));
        throw Damaged(
            function is null
            ? "a call of something that is no function"
            : $"a call of {function} with other arguments than PyTorch gives it");
    }

    /// <summary>What a persistent id refers to: ('storage', type, key, device, elements[, (key of the view, offset, elements)]).</summary>
    public object Storage(object?[] id)
    {
        if (id is not ["storage", PickleGlobal global, { } key, _, long count, ..] || !Storages.TryGetValue(global, out var type)
            || count < 0)
            throw Damaged("a reference to a storage in another form than PyTorch's");
        var name = Convert.ToString(key, CultureInfo.InvariantCulture)!;
        var whole = new TorchStorage(type, name, 0, count, count);
        if (_known.TryGetValue(name, out var before) && before != whole)
            throw Damaged($"storage {name} is described twice, differently");
        _known[name] = whole;
        if (id is not [_, _, _, _, _, object?[] view])
            return whole;
        if (view is not [_, long offset, long viewCount] || offset < 0 || viewCount < 0 || offset > count - viewCount)
            throw Damaged($"a view beyond storage {name}");
        return whole with { Offset = offset, Count = viewCount };
    }

    /// <summary>The tensors of a state dict.</summary>
    /// <param name="root">What the pickle holds.</param>
    /// <param name="locate">Where the storage of a key lies in the file.</param>
    public Dictionary<string, StoredTensor> Tensors(object? root, Func<TorchStorage, FileRange> locate)
    {
        if (root is not PickleDictionary dictionary)
            throw new CheckpointException(place,
                "holds no dictionary; a checkpoint is a dictionary of tensors. Save the model with torch.save(model.state_dict(), ...).");
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (key, value) in dictionary.Items)
        {
            if (key is not string name || value is not TorchTensor tensor)
                continue;
            var range = locate(tensor.Storage);
            var size = tensor.Storage.Type.Size();
            if (tensor.Storage.Count > range.Length / size || tensor.Storage.WholeCount != range.Length / size)
                throw new CheckpointException(place,
                    $"storage {tensor.Storage.Key} has {range.Length} bytes, the pickle " +
                    $"tells of {tensor.Storage.WholeCount} {tensor.Storage.Type}. The file is damaged; copy or download it again.");
            if (tensor.Offset < 0 || tensor.Offset > tensor.Storage.Count)
                throw new CheckpointException($"{place}: {name}",
                    $"starts at element {tensor.Offset} of {tensor.Storage.Count}. The file is damaged; copy or download it again.");
            tensors[name] = StoredTensor.Strided(
                $"{place}: {name}", tensor.Storage.Type, range, tensor.Storage.Offset + tensor.Offset, tensor.Shape, tensor.Strides);
        }
        if (tensors.Count > 0)
            return tensors;
        var keys = string.Join(", ", dictionary.Items.Select(item => item.Key).OfType<string>().Take(5));
        throw new CheckpointException(
            place, $"its dictionary has no tensor ({dictionary.Items.Count} entries{(keys.Length > 0 ? ": " + keys : "")}); names of " +
                "tensors stand at its top. Save the inner state dict with torch.save.");
    }

    private static PickleDictionary Dictionary(object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        // Python 2 gives the items with the call, as a list of pairs; Python 3 sets them afterwards.
        if (arguments is [List<object?> pairs])
        {
            foreach (var pair in pairs)
            {
                var (key, value) = pair switch
                {
                    List<object?> { Count: 2 } list => (list[0], list[1]),
                    object?[] { Length: 2 } tuple => (tuple[0], tuple[1]),
                    _ => default,
                };
                dictionary.Set(key, value);
            }
        }
        return dictionary;
    }

    private long[] Sizes(object?[] values) =>
        values.Length <= 64
        ? Array.ConvertAll(values, value => value is long size ? size : throw Damaged("a size that is no number"))
        : throw Damaged($"{values.Length} dimensions");

    private CheckpointException Damaged(string what) => new(place, $"has {what}. The file is damaged; copy or download it again.");
}
