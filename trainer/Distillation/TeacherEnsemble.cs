using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation;

/// <summary>
/// The models that a student is taught by. They differ in the order in which they saw the data, so their errors differ, and
/// their mean is right more often than any of them.
/// </summary>
internal sealed class TeacherEnsemble(IReadOnlyList<BertTaskModel> teachers) : IDisposable
{
    /// <summary>Sizes of the teachers; all have the same.</summary>
    public BertConfig Config => teachers[0].Config;

    /// <summary>Mean logits by head, and the hidden states of the first teacher; without gradient and dropout.</summary>
    public TaskOutputs Ask(TokenBatch tokens)
    {
        using var noGrad = no_grad();
        var outputs = new List<TaskOutputs>(teachers.Count);
        foreach (var teacher in teachers)
        {
            teacher.eval();
            outputs.Add(teacher.call(tokens));
        }
        if (outputs.Count == 1)
            return outputs[0];
        var logits = outputs[0].Logits.Select((_, head) => stack(outputs.Select(output => output.Logits[head])).mean([0]));
        return outputs[0] with { Logits = [.. logits] };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var teacher in teachers)
            teacher.Dispose();
    }
}
