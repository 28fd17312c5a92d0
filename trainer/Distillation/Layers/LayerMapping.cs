using System.ComponentModel;
using System.Text.Json.Serialization;
using Edge.Trainer.Model;

namespace Edge.Trainer.Distillation.Layers;

/// <summary>
/// Which layer of the student learns from which of the teacher: <c>uniform</c> (every layer, spread over the teacher's with
/// the last one included), <c>last</c> (the last from the last), or pairs <c>[[0, 2], [3, 11]]</c> that count from 0.
/// </summary>
[JsonConverter(typeof(LayerMappingConverter))]
[Description("\"uniform\", \"last\" or pairs of a student's and a teacher's layer such as [[0, 2], [3, 11]]")]
internal sealed record LayerMapping
{
    private LayerMapping(string? rule, IReadOnlyList<LayerPair> pairs) => (Rule, Pairs) = (rule, pairs);

    /// <summary>Every layer of the student, spread over the teacher's.</summary>
    public static LayerMapping Uniform { get; } = new("uniform", []);

    /// <summary>The last layers.</summary>
    public static LayerMapping Last { get; } = new("last", []);

    /// <summary>Name of the rule; <c>null</c> where <see cref="Pairs"/> say it.</summary>
    public string? Rule { get; }

    /// <summary>Chosen pairs.</summary>
    public IReadOnlyList<LayerPair> Pairs { get; }

    /// <summary>A mapping of chosen pairs.</summary>
    public static LayerMapping Of(params IReadOnlyList<LayerPair> pairs) => new(null, pairs);

    /// <summary>The pairs for two models.</summary>
    public IReadOnlyList<LayerPair> Resolve(BertConfig student, BertConfig teacher)
    {
        if (Rule is null)
            return Pairs;
        if (this == Last)
            return [new LayerPair(student.Layers - 1, teacher.Layers - 1)];
        var layers = ModelParameters.SpreadLayers(student.Layers, teacher.Layers);
        return [.. layers.Select((layer, i) => new LayerPair(i, layer))];
    }

    /// <summary>Pairs that the models do not have.</summary>
    /// <param name="place">Name of the setting.</param>
    /// <param name="student">The student.</param>
    /// <param name="teacher">The teacher.</param>
    public IEnumerable<string> Problems(string place, BertConfig student, BertConfig teacher)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Student >= student.Layers)
                yield return $"{place}: [{pair.Student}, {pair.Teacher}]: the student has {student.Layers} layers; " +
                    $"use 0 to {student.Layers - 1}";
            if (pair.Teacher >= teacher.Layers)
                yield return $"{place}: [{pair.Student}, {pair.Teacher}]: the teacher has {teacher.Layers} layers; " +
                    $"use 0 to {teacher.Layers - 1}";
        }
    }

    /// <inheritdoc/>
    public bool Equals(LayerMapping? other) => other is not null && Rule == other.Rule && Pairs.SequenceEqual(other.Pairs);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rule, Pairs.Count);

    /// <inheritdoc/>
    public override string ToString() => Rule ?? string.Join(", ", Pairs.Select(pair => $"[{pair.Student}, {pair.Teacher}]"));
}
