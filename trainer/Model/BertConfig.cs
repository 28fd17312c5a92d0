using System.Text.Json.Serialization;

namespace Edge.Trainer.Model;

/// <summary>Sizes of a BERT encoder, under the names of Hugging Face's <c>config.json</c> (Devlin et al. 2019).</summary>
internal sealed record BertConfig
{
    /// <summary>Upper end of <see cref="RelativePositions"/>.</summary>
    public const int MostRelativePositions = 512;

    /// <summary>Word pieces in the vocabulary.</summary>
    [JsonPropertyName("vocab_size")]
    public required int VocabularySize { get; init; }

    /// <summary>Width of the hidden states; a multiple of <see cref="AttentionHeads"/>.</summary>
    [JsonPropertyName("hidden_size")]
    public int HiddenSize { get; init; } = 312;

    /// <summary>Encoder layers.</summary>
    [JsonPropertyName("num_hidden_layers")]
    public int Layers { get; init; } = 4;

    /// <summary>Attention heads of a layer.</summary>
    [JsonPropertyName("num_attention_heads")]
    public int AttentionHeads { get; init; } = 12;

    /// <summary>Width of the feed-forward layer.</summary>
    [JsonPropertyName("intermediate_size")]
    public int IntermediateSize { get; init; } = 1200;

    /// <summary>Positions that have an embedding: the longest input in tokens.</summary>
    [JsonPropertyName("max_position_embeddings")]
    public int MaxPositions { get; init; } = 128;

    /// <summary>Segments that have an embedding.</summary>
    [JsonPropertyName("type_vocab_size")]
    public int TypeVocabularySize { get; init; } = 2;

    /// <summary>Added to the variance in every LayerNorm.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public double LayerNormEps { get; init; } = 1e-12;

    /// <summary>Dropout of embeddings, projections and feed-forward layers in training, 0 to below 1.</summary>
    [JsonPropertyName("hidden_dropout_prob")]
    public double DropoutRate { get; init; } = 0.1;

    /// <summary>Dropout of attention probabilities in training, 0 to below 1.</summary>
    [JsonPropertyName("attention_probs_dropout_prob")]
    public double AttentionDropoutRate { get; init; } = 0.1;

    /// <summary>Standard deviation of freshly drawn weights (normal, cut at two deviations in the paper's code).</summary>
    [JsonPropertyName("initializer_range")]
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>What the heads that judge a whole utterance read. Not a Hugging Face name; absent means first token.</summary>
    [JsonPropertyName("edge_pooling")]
    public Pooling Pooling { get; init; } = Pooling.Cls;

    /// <summary>
    /// Distances, in tokens, that have numbers of their own in <see cref="Model.RelativePositions"/>, 0 to 512; 0, or absent: none. Not a
    /// Hugging Face name.
    /// </summary>
    [JsonPropertyName("edge_relative_positions")]
    public int RelativePositions { get; init; }

    /// <summary>Architecture name that other readers of <c>config.json</c> look for.</summary>
    [JsonPropertyName("model_type")]
    public string ModelType { get; init; } = "bert";

    /// <summary>Activation of the feed-forward layers.</summary>
    [JsonPropertyName("hidden_act")]
    public Activation Activation { get; init; }

    /// <summary>Width of one attention head.</summary>
    [JsonIgnore]
    public int HeadSize => HiddenSize / AttentionHeads;
}
