using Edge.Trainer.Model;

namespace Edge.Trainer.Distillation.Layers;

/// <summary>
/// Starts a student from chosen layers of its teacher (Sanh et al. 2019), embeddings and heads included. Only models that
/// differ in nothing but the number of layers can: no part of a wider matrix computes what the whole does.
/// </summary>
internal static class StudentStart
{
    /// <summary>Copies what was selected, or says why the student keeps the weights that it has.</summary>
    /// <returns>One line for the log.</returns>
    public static string Apply(BertTaskModel student, BertConfig teacher, ModelWeights weights, LayerSelection selection)
    {
        if (Difference(student.Config, teacher) is { } difference)
            return $"the student starts from fresh weights: {difference}";
        var layers = selection.Resolve(student.Config, teacher);
        if (layers.Count == 0)
            return "the student starts from fresh weights, as asked";
        var copied = ModelParameters.CopyFitting(student, WithPositions(weights, student.Config), layers);
        return $"the student starts from its teacher's layers {string.Join(", ", layers)}: {copied} of " +
            $"{student.parameters().Count()} tensors copied";
    }

    // A student for shorter utterances has fewer positions: the first ones of the teacher.
    private static Dictionary<string, WeightTensor> WithPositions(ModelWeights weights, BertConfig student)
    {
        const string Name = "embeddings.position_embeddings.weight";
        var copy = weights.ToDictionary(StringComparer.Ordinal);
        if (copy.TryGetValue(Name, out var positions) && positions.Shape is [var rows, var width] && rows > student.MaxPositions)
            copy[Name] = new WeightTensor(positions.Values[..(student.MaxPositions * width)], [student.MaxPositions, width]);
        return copy;
    }

    /// <summary>Why one model cannot take another one's layers; <c>null</c> where it can.</summary>
    public static string? Difference(BertConfig student, BertConfig teacher)
    {
        var differences = new List<string>();
        void Compare(string what, object ofStudent, object ofTeacher)
        {
            if (!ofStudent.Equals(ofTeacher))
                differences.Add($"{what} {ofStudent} against the teacher's {ofTeacher}");
        }

        Compare("width", student.HiddenSize, teacher.HiddenSize);
        Compare("feed-forward width", student.IntermediateSize, teacher.IntermediateSize);
        Compare("attention heads", student.AttentionHeads, teacher.AttentionHeads);
        Compare("activation", student.Activation, teacher.Activation);
        Compare("relative positions", student.RelativePositions, teacher.RelativePositions);
        Compare("vocabulary", student.VocabularySize, teacher.VocabularySize);
        return differences.Count == 0 ? null : $"it has {string.Join(", ", differences)}";
    }
}
