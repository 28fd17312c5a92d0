using System.Security.Cryptography;
using Edge.Bundles.Common;
using static TorchSharp.torch;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// A pretrained BERT in a Hugging Face directory (config.json, weights, the tokenizer's files), opened: everything but the values is
/// read and checked.
/// </summary>
internal sealed class Checkpoint
{
    private readonly Dictionary<string, StoredTensor> _tensors;

    private Checkpoint(string folder, BertConfig config, Dictionary<string, StoredTensor> tensors)
    {
        Folder = folder;
        Config = config;
        _tensors = tensors;
    }

    /// <summary>The directory.</summary>
    public string Folder { get; }

    /// <summary>Sizes of the stored model.</summary>
    public BertConfig Config { get; }

    /// <summary>Its pieces and the settings of its tokenizer.</summary>
    public required GivenVocabulary Vocabulary { get; init; }

    /// <summary>Word pieces of the vocabulary; the model may have more rows than that.</summary>
    public int VocabularySize => Vocabulary.Pieces.Count;

    /// <summary>
    /// Longest input in tokens: the positions that have an embedding, or what the tokenizer is meant for where that is less.
    /// </summary>
    public required int MaxLength { get; init; }

    /// <summary>Tensors that a model needs and the checkpoint lacks; they start fresh. Only the pooler's may be missing.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Tensors, by the name they are stored under, that an encoder has no use for, such as heads.</summary>
    public required IReadOnlyList<string> Unexpected { get; init; }

    /// <summary>Whether it has a trained pooler.</summary>
    public bool HasPooler => Missing.Count == 0;

    /// <summary>Opens a directory.</summary>
    /// <exception cref="CheckpointException">A file is missing, broken or of another kind of model.</exception>
    public static Checkpoint Open(string folder)
    {
        if (!File.Exists(Path.Combine(folder, CheckpointFiles.Config)))
            throw new CheckpointException(
                folder, "lacks config.json; a BERT checkpoint has config.json, vocab.txt or tokenizer.json, and weights. Download all " +
                "files of the model.");
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            try
            {
                RegularFile.Require(file);
            }
            catch (IOException failure)
            {
                throw new CheckpointException(file, $"cannot be read: {failure.Message}.", failure);
            }
        }
        var config = BertConfigFile.Read(Path.Combine(folder, CheckpointFiles.Config));
        var (vocabulary, tokenizerMost) = TokenizerFiles.Read(folder);
        CheckPieces(vocabulary, config.VocabularySize);

        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        var unexpected = new List<string>();
        var expected = CheckpointNames.Expected(config).ToDictionary(entry => entry.Name, entry => entry.Shape, StringComparer.Ordinal);
        foreach (var (stored, tensor) in CheckpointTensors.Open(folder))
        {
            var name = CheckpointNames.Normalize(stored);
            // A buffer of older versions: the numbers from 0 on.
            if (name == "embeddings.position_ids")
                continue;
            if (!expected.ContainsKey(name))
                unexpected.Add(stored);
            if (!tensors.TryAdd(name, tensor))
                throw new CheckpointException(folder, $"has {name} twice, with and without a prefix; every tensor may stand once.");
        }
        return new Checkpoint(folder, config, tensors)
        {
            Vocabulary = vocabulary,
            MaxLength = Math.Min(config.MaxPositions, tokenizerMost ?? int.MaxValue),
            Missing = Check(folder, expected, tensors),
            Unexpected = unexpected,
        };
    }

    /// <summary>SHA-256 of everything that decides what is read, lower-case hexadecimal.</summary>
    public string Fingerprint() => FingerprintOf(Folder);

    /// <summary>The same of any folder with weights, a bundle's too.</summary>
    public static string FingerprintOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] extensions = [".json", ".txt", ".safetensors", ".bin"];
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => extensions.Contains(Path.GetExtension(path)))
            .Order(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(file));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What a person wants to know of it before training starts.</summary>
    /// <param name="usesMaskedWordHead">Whether the head for masked-language modelling is taken too.</param>
    public IEnumerable<string> Describe(bool usesMaskedWordHead = false)
    {
        string[] unused = [.. Unexpected.Where(name => !usesMaskedWordHead || !CheckpointNames.IsOfMaskedWordHead(name))];
        yield return $"{Folder}: {Config.Layers} layers of {Config.HiddenSize} ({Config.AttentionHeads} heads, feed-forward " +
            $"{Config.IntermediateSize}), {VocabularySize} word pieces, at most {MaxLength} tokens";
        if (Missing.Count > 0)
            yield return $"{Folder}: missing, start fresh: {string.Join(", ", Missing)}";
        if (unused.Length > 0)
            yield return $"{Folder}: not used: {string.Join(", ", unused)}";
    }

    /// <summary>The stored model's sizes, without the rows of embeddings that no input of this length and vocabulary reads.</summary>
    /// <param name="maxLength">Most tokens of an input, at most <see cref="MaxLength"/>.</param>
    /// <param name="freshPooling">What a pooler that starts fresh reads; a stored one goes on reading what it was trained on.</param>
    public BertConfig ConfigFor(int maxLength, Pooling freshPooling) => Config with
    {
        VocabularySize = VocabularySize,
        MaxPositions = maxLength,
        Pooling = HasPooler ? Config.Pooling : freshPooling,
    };

    /// <summary>Copies the stored weights into a model made with <see cref="ConfigFor"/>; heads and a missing pooler keep theirs.</summary>
    /// <exception cref="CheckpointException">Values are damaged or not finite.</exception>
    public void LoadInto(BertTaskModel model) => Copy(model, name => name.StartsWith("heads.", StringComparison.Ordinal) ? null : name);

    /// <summary>Copies the stored head for masked-language modelling, where there is a whole one.</summary>
    /// <param name="head">Has the pieces of the vocabulary as outputs.</param>
    /// <returns>Whether there was one.</returns>
    public bool LoadMaskedWordHead(nn.Module head)
    {
        var names = head.named_parameters()
            .Select(entry => (Name: CheckpointNames.MaskedWordName(entry.name), Shape: entry.parameter.shape))
            .ToArray();
        if (!names.All(entry => _tensors.TryGetValue(entry.Name, out var tensor) && Fits(tensor.Shape, entry.Shape)))
            return false;
        Copy(head, CheckpointNames.MaskedWordName);
        return true;
    }

    private void Copy(nn.Module module, Func<string, string?> storedName)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (storedName(name) is not { } stored || !_tensors.TryGetValue(stored, out var found))
                continue;
            if (!Fits(found.Shape, parameter.shape))
                throw new CheckpointException($"{Folder}: {stored}",
                    $"is [{string.Join(", ", found.Shape)}]; the model needs [{string.Join(", ", parameter.shape)}].");
            var place = $"{Folder}: {stored}";
            var values = found.Read(place, (int)parameter.shape[0]);
            var odd = Array.FindIndex(values, value => !float.IsFinite(value));
            if (odd >= 0)
                throw new CheckpointException(place,
                    $"value {odd} is {values[odd]}; weights are finite numbers. The file is damaged, or training diverged before it " +
                    "was saved.");
            using var copy = tensor(values, parameter.shape);
            parameter.copy_(copy);
        }
    }

    private static void CheckPieces(GivenVocabulary vocabulary, int rows)
    {
        if (vocabulary.Pieces.Count > rows)
            throw new CheckpointException(vocabulary.Place,
                $"has {vocabulary.Pieces.Count} pieces; vocab_size in config.json is {rows}. The files do not belong together; download " +
                "both again.");
        try
        {
            vocabulary.CreateTokenizer(); // special pieces are there
        }
        catch (BundleException failure)
        {
            throw new CheckpointException(failure.Message, failure);
        }
    }

    // Embeddings may be cut to the rows that are read.
    private static bool Fits(IReadOnlyList<long> stored, long[] shape) =>
        stored.Count == shape.Length && stored.Count > 0 && stored[0] >= shape[0] && stored.Skip(1).SequenceEqual(shape.Skip(1));

    private static List<string> Check(string folder, Dictionary<string, long[]> expected, Dictionary<string, StoredTensor> tensors)
    {
        var missing = new List<string>();
        var problems = new List<string>();
        foreach (var (name, shape) in expected)
        {
            if (!tensors.TryGetValue(name, out var tensor))
                missing.Add(name);
            else if (!tensor.Shape.SequenceEqual(shape))
                problems.Add($"{name} is [{string.Join(", ", tensor.Shape)}]; config.json asks for [{string.Join(", ", shape)}]");
            else if (!tensor.Type.IsFloating())
                problems.Add($"{name} is of type {tensor.Type}; weights are {ElementTypes.OfWeights}");
        }
        problems.AddRange(
            missing.Where(name => !name.StartsWith(CheckpointNames.Pooler, StringComparison.Ordinal)).Select(name => $"{name} is missing"));
        if (problems.Count == 0)
            return missing;
        const int Most = 12;
        var more = problems.Count > Most ? $"; and {problems.Count - Most} more" : "";
        throw new CheckpointException(
            folder, $"{string.Join("; ", problems.Take(Most))}{more}. Use the config.json that belongs to the weights.");
    }
}
