using System.Text.Json.Serialization;

namespace Edge.Bundles.Tasks;

/// <summary>One head of a task: its name is the key in data files and in answers, and the name of its ONNX output.</summary>
public sealed record HeadDefinition
{
    /// <summary>Name, unique in the task: letters, digits, <c>_</c> and <c>-</c>, starting with a letter.</summary>
    public required string Name { get; init; }

    /// <summary>What the head answers.</summary>
    public required HeadKind Kind { get; init; }

    /// <summary>
    /// Labels in output order. For <see cref="HeadKind.Span"/> the entity labels without <c>B-</c> and <c>I-</c>;
    /// empty for <see cref="HeadKind.Score"/>, and in a task file where the labels shall be found in the data.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Weight of the head's loss in training, &gt; 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Of a span head in a bundle: how readily tags follow each other, as learned from the training set. <c>null</c>: any order
    /// that BIO allows is as good as another.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TagTransitions? Transitions { get; init; }

    /// <summary>Width of the head's logits: labels, 1 for a score, 1 + 2 × labels for spans (O, then B and I of each label).</summary>
    [JsonIgnore]
    public int OutputCount => Kind switch
    {
        HeadKind.Score => 1,
        HeadKind.Span => 1 + (2 * Labels.Count),
        _ => Labels.Count,
    };
}
