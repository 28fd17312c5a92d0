using System.ComponentModel;
using System.Text.Json.Serialization;
using Edge.Trainer.Model;

namespace Edge.Trainer.Distillation.Layers;

/// <summary>
/// The teacher's layers that a student starts from: <c>uniform</c> (spread, the last one included), <c>first</c>, <c>last</c>,
/// <c>none</c> (fresh weights), or as many numbers from 0 as the student has layers, such as <c>[0, 2, 4]</c>.
/// </summary>
[JsonConverter(typeof(LayerSelectionConverter))]
[Description("\"uniform\", \"first\", \"last\", \"none\" or the teacher's layers such as [0, 2, 4]")]
internal sealed record LayerSelection
{
    private LayerSelection(string? rule, IReadOnlyList<int> layers) => (Rule, Layers) = (rule, layers);

    /// <summary>Evenly spread, the last one included.</summary>
    public static LayerSelection Uniform { get; } = new("uniform", []);

    /// <summary>The lowest.</summary>
    public static LayerSelection First { get; } = new("first", []);

    /// <summary>The highest.</summary>
    public static LayerSelection Last { get; } = new("last", []);

    /// <summary>None: the student starts from fresh weights.</summary>
    public static LayerSelection None { get; } = new("none", []);

    /// <summary>The rules.</summary>
    public static IReadOnlyList<LayerSelection> Rules { get; } = [Uniform, First, Last, None];

    /// <summary>Name of the rule; <c>null</c> where <see cref="Layers"/> say it.</summary>
    public string? Rule { get; }

    /// <summary>Chosen layers.</summary>
    public IReadOnlyList<int> Layers { get; }

    /// <summary>Chosen layers, one a layer of the student.</summary>
    public static LayerSelection Of(params IReadOnlyList<int> layers) => new(null, layers);

    /// <summary>The teacher's layers by layer of the student; empty: none.</summary>
    public IReadOnlyList<int> Resolve(BertConfig student, BertConfig teacher)
    {
        if (Rule is null)
            return Layers;
        if (this == None)
            return [];
        // A student with more layers than its teacher has nothing to choose: some of the teacher's serve twice.
        if (this == Uniform || student.Layers > teacher.Layers)
            return ModelParameters.SpreadLayers(student.Layers, teacher.Layers);
        return [.. Enumerable.Range(this == First ? 0 : teacher.Layers - student.Layers, student.Layers)];
    }

    /// <summary>
    /// Why a student cannot start from these layers. Where only a rule was asked for, other widths are no problem: the student
    /// then starts from fresh weights, see <see cref="StudentStart"/>.
    /// </summary>
    public IEnumerable<string> Problems(string place, BertConfig student, BertConfig teacher)
    {
        if (Rule is not null)
            yield break;
        if (Layers.Count != student.Layers)
            yield return $"{place}: {Layers.Count} layers are named and the " +
                $"student has {student.Layers}; name {student.Layers} of the teacher's";
        foreach (var layer in Layers.Where(layer => layer >= teacher.Layers))
            yield return $"{place}: there is no layer {layer}; the teacher has {teacher.Layers}, use 0 to {teacher.Layers - 1}";
        if (StudentStart.Difference(student, teacher) is { } difference)
            yield return $"{place}: the student cannot take the teacher's layers: {difference}; make them agree, or use \"none\"";
    }

    /// <inheritdoc/>
    public bool Equals(LayerSelection? other) => other is not null && Rule == other.Rule && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rule, Layers.Count);

    /// <inheritdoc/>
    public override string ToString() => Rule ?? $"[{string.Join(", ", Layers)}]";
}
