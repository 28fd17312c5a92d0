using System.Numerics;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// Opens what <c>torch.save</c> writes for a state dict: the zip form (PyTorch 1.6 and later: <c>data.pkl</c> and an entry a
/// storage) and the legacy form before it (five pickles, then the storages one after another).
/// </summary>
internal static class TorchFile
{
    private const long LongestPickle = 64 << 20;
    private const int LegacyProtocol = 1001;
    private const int TarNameSize = 257;
    private static readonly BigInteger LegacyMagic =
        BigInteger.Parse("1950a86a20f9469cfc6c".PadLeft(22, '0'), System.Globalization.NumberStyles.HexNumber, null);

    /// <summary>Reads the pickle and finds the storages; their values are read on demand.</summary>
    /// <returns>Tensors by name.</returns>
    /// <exception cref="CheckpointException">The file is damaged, or holds something else than tensors.</exception>
    public static Dictionary<string, StoredTensor> Open(string path)
    {
        var start = new byte[TarNameSize + 5];
        int length;
        using (var file = File.OpenRead(path))
            length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var head = start.AsSpan(0, length);
        LargeFilePointer.Refuse(path, head);
        if (head.StartsWith("PK\x03\x04"u8))
            return OpenZip(path);
        if (head.Length > TarNameSize && head[TarNameSize..].StartsWith("ustar"u8))
            throw new CheckpointException(path, "has the tar form of PyTorch before 0.1.10. Load it in PyTorch and save it again.");
        if (head.Length > 0 && head[0] == 0x80)
            return OpenLegacy(path);
        throw new CheckpointException(path,
            $"starts with {Convert.ToHexString(head[..Math.Min(8, length)])}; a file of torch.save starts with 504B0304 (zip) or 80 " +
            "(pickle). It is damaged or another kind of file.");
    }

    private static Dictionary<string, StoredTensor> OpenZip(string path)
    {
        const string PickleName = "/data.pkl";
        var entries = ZipDirectory.Read(path);
        string[] pickles = [.. entries.Keys.Where(name => name.EndsWith(PickleName, StringComparison.Ordinal))];
        if (pickles.Length != 1)
            throw new CheckpointException(path,
                $"has {pickles.Length} entries data.pkl; torch.save writes one. Save the model with torch.save(model.state_dict(), ...).");
        var folder = pickles[0][..^PickleName.Length];
        if (entries.ContainsKey(folder + "/constants.pkl"))
            throw new CheckpointException(
                path, "is a TorchScript program; only its state dict is read. Save torch.jit.load(file).state_dict() with torch.save.");
        if (entries.TryGetValue(folder + "/byteorder", out var order) && order.Length < 16
            && !order.Read(0, (int)order.Length).AsSpan().SequenceEqual("little"u8))
            throw new CheckpointException(path, "was written on a big-endian machine. Load it in PyTorch on this one and save it again.");
        var pickle = entries[pickles[0]];
        if (pickle.Length > LongestPickle)
            throw new CheckpointException(path, $"data.pkl has {pickle.Length} bytes; at most {LongestPickle} are read.");

        var objects = new TorchObjects(path);
        var root = new PickleReader(new PickleInput($"{path}: data.pkl", new MemoryStream(pickle.Read(0, (int)pickle.Length))), objects)
            .Read();
        return objects.Tensors(root, storage => entries.TryGetValue($"{folder}/data/{storage.Key}", out var range)
            ? range
            : throw new CheckpointException(
                path, $"lacks the entry {folder}/data/{storage.Key}. The file is damaged; copy or download it again."));
    }

    private static Dictionary<string, StoredTensor> OpenLegacy(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var input = new PickleInput(path, file);
        var objects = new TorchObjects(path);
        if (Next() is not BigInteger magic || magic != LegacyMagic)
            throw new CheckpointException(
                path, "is a pickle, but none of torch.save. Save the model with torch.save(model.state_dict(), ...).");
        if (Next() is not long protocol || protocol != LegacyProtocol)
            throw new CheckpointException(path, $"has another protocol than {LegacyProtocol}. Load it in PyTorch and save it again.");
        if (Next() is PickleDictionary system && system.Items.Any(item => item is ("little_endian", false)))
            throw new CheckpointException(path, "was written on a big-endian machine. Load it in PyTorch on this one and save it again.");
        var root = Next();
        if (Next() is not List<object?> keys)
            throw new CheckpointException(path, "has no list of storages. The file is damaged; copy or download it again.");

        var ranges = new Dictionary<string, FileRange>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var name = Convert.ToString(key, System.Globalization.CultureInfo.InvariantCulture)!;
            if (!objects.Known.TryGetValue(name, out var storage))
                throw new CheckpointException(
                    path, $"has a storage {name} that no tensor refers to. The file is damaged; copy or download it again.");
            var count = input.ReadInt64();
            if (count != storage.WholeCount || count > input.Left / storage.Type.Size())
                throw new CheckpointException(path,
                    $"storage {name} has {count} elements, {storage.WholeCount} are expected and {input.Left} bytes are left. The file " +
                    "is damaged or not whole; copy or download it again.");
            ranges[name] = new FileRange(path, input.Position, count * storage.Type.Size());
            input.Skip(count * storage.Type.Size());
        }
        return objects.Tensors(root, storage => ranges.TryGetValue(storage.Key, out var range)
            ? range
            : throw new CheckpointException(path, $"lacks storage {storage.Key}. The file is damaged; copy or download it again."));

        object? Next() => new PickleReader(input, objects).Read();
    }
}
