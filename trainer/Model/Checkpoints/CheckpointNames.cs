namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// The names under which BERT's tensors are stored, and the one form used here: Hugging Face's <c>BertModel</c> without prefix.
/// </summary>
internal static class CheckpointNames
{
    // Prefix of the head for masked-language modelling in BertForMaskedLM and BertForPreTraining.
    private const string MaskedWords = "cls.predictions.";

    private const string Model = "bert.";
    private const string Parallel = "module.";

    /// <summary>The name used here for a stored one.</summary>
    public static string Normalize(string stored)
    {
        var name = stored;
        // Saved from DataParallel; saved with a head around the model.
        if (name.StartsWith(Parallel, StringComparison.Ordinal))
            name = name[Parallel.Length..];
        if (name.StartsWith(Model, StringComparison.Ordinal))
            name = name[Model.Length..];
        // TensorFlow's names of LayerNorm, which conversions of 2018 and 2019 kept.
        if (name.EndsWith(".gamma", StringComparison.Ordinal))
            name = name[..^".gamma".Length] + ".weight";
        else if (name.EndsWith(".beta", StringComparison.Ordinal))
            name = name[..^".beta".Length] + ".bias";
        return name;
    }

    /// <summary>
    /// Name that a parameter of the head for masked-language modelling is stored under: dense and LayerNorm stand in a module
    /// of their own in Hugging Face's head, the bias outside of it.
    /// </summary>
    public static string MaskedWordName(string name) => MaskedWords + (name == "bias" ? name : "transform." + name);

    /// <summary>Whether a stored name is of that head; its decoder is the word embeddings once more.</summary>
    public static bool IsOfMaskedWordHead(string stored) => Normalize(stored).StartsWith(MaskedWords, StringComparison.Ordinal);

    /// <summary>Names and shapes of an encoder's tensors, the pooler's included.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Expected(BertConfig config)
    {
        long hidden = config.HiddenSize, inner = config.IntermediateSize;
        yield return ("embeddings.word_embeddings.weight", [config.VocabularySize, hidden]);
        yield return ("embeddings.position_embeddings.weight", [config.MaxPositions, hidden]);
        yield return ("embeddings.token_type_embeddings.weight", [config.TypeVocabularySize, hidden]);
        if (config.RelativePositions > 0)
        {
            for (var i = 0; i < config.Layers; i++)
                yield return ($"encoder.layer.{i}.attention.self.relative_positions.weight",
                    [RelativePositions.Distances(config.RelativePositions), config.AttentionHeads]);
        }
        IEnumerable<(string, long, long)> modules = [("embeddings.LayerNorm", hidden, 0)];
        for (var i = 0; i < config.Layers; i++)
        {
            var layer = $"encoder.layer.{i}.";
            modules = modules.Concat(
            [
                (layer + "attention.self.query", hidden, hidden), (layer + "attention.self.key", hidden, hidden),
                (layer + "attention.self.value", hidden, hidden),
                (layer + "attention.output.dense", hidden, hidden), (layer + "attention.output.LayerNorm", hidden, 0),
                (layer + "intermediate.dense", inner, hidden), (layer + "output.dense", hidden, inner),
                (layer + "output.LayerNorm", hidden, 0),
            ]);
        }
        foreach (var (name, outputs, inputs) in modules.Append((Pooler, hidden, hidden)))
        {
            yield return (name + ".weight", inputs == 0 ? [outputs] : [outputs, inputs]);
            yield return (name + ".bias", [outputs]);
        }
    }

    /// <summary>What reads an utterance as a whole; not every checkpoint has one.</summary>
    public const string Pooler = "pooler.dense";
}
