using System.Text.Json.Serialization;

namespace Edge.Bundles.Tasks;

/// <summary>What a model answers: language, longest input and heads (<c>task.json</c>).</summary>
public sealed record TaskDefinition
{
    private string? _language;
    private int? _maxLength;
    private bool? _usesContext;

    /// <summary>BCP 47 language tag of the utterances, for example <c>zh</c> or <c>en</c>; zh where nothing is said.</summary>
    public string Language { get => _language ?? "zh"; init => _language = value; }

    /// <summary>
    /// Most tokens of one input, [CLS] and [SEP] included; 8 to 512, 64 where nothing is said. Longer utterances are cut at the end.
    /// </summary>
    public int MaxLength { get => _maxLength ?? 64; init => _maxLength = value; }

    /// <summary>True where inputs are pairs: <c>[CLS] context [SEP] utterance [SEP]</c>; false where nothing is said.</summary>
    public bool UsesContext { get => _usesContext ?? false; init => _usesContext = value; }

    /// <summary>
    /// The <c>single</c> head whose labels are all that callers can want; <c>null</c>: <see cref="OutOfScope.UsualHead"/>, where there is
    /// such a head; empty: none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ScopeHead { get; init; }

    /// <summary>Whether <see cref="MaxLength"/> was said, and not found in data.</summary>
    [JsonIgnore]
    public bool SaysMaxLength => _maxLength is not null;

    /// <summary>The heads, in output order.</summary>
    public required IReadOnlyList<HeadDefinition> Heads { get; init; }

    /// <summary>This task, with what it does not say as the data have it.</summary>
    /// <param name="language">Their language.</param>
    /// <param name="maxLength">Tokens of the longest inputs.</param>
    /// <param name="usesContext">Whether some have a context.</param>
    public TaskDefinition For(string language, int maxLength, bool usesContext) =>
        this with { Language = _language ?? language, MaxLength = _maxLength ?? maxLength, UsesContext = _usesContext ?? usesContext };
}
