using System.Text.Json;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// Reads <c>config.json</c>. What is absent has the value that Hugging Face's <c>BertConfig</c> gives it; members that do not
/// change the computation are ignored, those that do are checked.
/// </summary>
internal static class BertConfigFile
{
    /// <summary>Reads and checks.</summary>
    /// <exception cref="CheckpointException">The file is broken, or tells of a model that is not computed here.</exception>
    public static BertConfig Read(string path)
    {
        var file = JsonObjectFile.Read(path);
        CheckArchitecture(file);
        var hidden = file.Whole("hidden_size", 768, 1, 16_384);
        var heads = file.Whole("num_attention_heads", 12, 1, 1_024);
        if (hidden % heads != 0)
            throw new CheckpointException(path, $"hidden_size {hidden} is no multiple of num_attention_heads {heads}.");
        var eps = file.Share("layer_norm_eps", 1e-12);
        return new BertConfig
        {
            VocabularySize = file.Whole("vocab_size", 30_522, 5, 10_000_000),
            HiddenSize = hidden,
            Layers = file.Whole("num_hidden_layers", 12, 1, 1_000),
            AttentionHeads = heads,
            IntermediateSize = file.Whole("intermediate_size", 3_072, 1, 131_072),
            MaxPositions = file.Whole("max_position_embeddings", 512, 3, 1_000_000),
            TypeVocabularySize = file.Whole("type_vocab_size", 2, 1, 1_000),
            LayerNormEps = eps,
            DropoutRate = file.Share("hidden_dropout_prob", 0.1),
            AttentionDropoutRate = file.Share("attention_probs_dropout_prob", 0.1),
            Activation = file.Text("hidden_act") switch
            {
                null or "gelu" => Activation.Gelu,
                "relu" => Activation.Relu,
                var other =>
                    throw new CheckpointException(file.Path,
                        $"hidden_act is {other}; only gelu (the exact one, with erf) and relu are computed here and in the " +
                        "exported files."),
            },
            RelativePositions = file.Whole("edge_relative_positions", 0, 0, BertConfig.MostRelativePositions),
            InitializerRange = file.Share("initializer_range", 0.02),
            Pooling = file.Text("edge_pooling") switch
            {
                null or "cls" => Pooling.Cls,
                "mean" => Pooling.Mean,
                _ => throw file.Wrong("edge_pooling", file.Member("edge_pooling")!.Value, "cls or mean"),
            },
        };
    }

    private static void CheckArchitecture(JsonObjectFile file)
    {
        // Files of 2019 and TinyBERT's have no model_type.
        if (file.Text("model_type") is { } type && type != "bert")
            throw new CheckpointException(file.Path,
                $"model_type is {type}; only bert is read. Other architectures compute something else from the same tensors; " +
                "choose a BERT.");
        if (file.Member("architectures") is { ValueKind: JsonValueKind.Array } names)
        {
            foreach (var name in names.EnumerateArray())
            {
                if (name.ValueKind == JsonValueKind.String && !name.GetString()!.StartsWith("Bert", StringComparison.Ordinal)
                    && file.Member("model_type") is null)
                    throw new CheckpointException(file.Path,
                        $"architectures names {name.GetString()}; only those of BERT (BertModel, BertForMaskedLM, ...) are read.");
            }
        }
        if (file.Text("position_embedding_type") is { } positions && positions != "absolute")
            throw new CheckpointException(file.Path, $"position_embedding_type is {positions}; only absolute is computed.");
        foreach (var name in new[] { "is_decoder", "add_cross_attention" })
        {
            if (file.Switch(name) == true)
                throw new CheckpointException(file.Path, $"{name} is true; only encoders are trained.");
        }
        if (file.Member("quantization_config") is not null)
            throw new CheckpointException(
                file.Path, "has a quantization_config; quantized weights cannot be trained. Use the checkpoint that it was made from.");
    }
}
