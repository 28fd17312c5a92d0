namespace Edge.Bundles.Tasks;

/// <summary>What a model answers: language, longest input and heads (<c>task.json</c>).</summary>
public sealed record TaskDefinition
{
    /// <summary>BCP 47 language tag of the utterances, for example <c>zh</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>Most tokens of one input, [CLS] and [SEP] included; 8 to 512. Longer utterances are cut at the end.</summary>
    public int MaxLength { get; init; } = 64;

    /// <summary>True where inputs are pairs: <c>[CLS] context [SEP] utterance [SEP]</c>.</summary>
    public bool UsesContext { get; init; }

    /// <summary>The heads, in output order.</summary>
    public required IReadOnlyList<HeadDefinition> Heads { get; init; }
}
