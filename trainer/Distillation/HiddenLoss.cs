using Edge.Trainer.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation;

/// <summary>Mean squared distance of the last hidden states, the student's projected to the teacher's width.</summary>
internal sealed class HiddenLoss : nn.Module<TaskOutputs, TaskOutputs, Tensor?, Tensor>
{
    private readonly Linear projection;

    public HiddenLoss(BertConfig student, BertConfig teacher)
        : base(nameof(HiddenLoss))
    {
        projection = nn.Linear(student.HiddenSize, teacher.HiddenSize);
        RegisterComponents();
        ModelParameters.Initialize(this, student.InitializerRange);
    }

    public override Tensor forward(TaskOutputs student, TaskOutputs teacher, Tensor? mask)
    {
        var distance = (projection.call(student.Last) - teacher.Last).square().mean([-1]); // [batch, tokens]
        if (mask is null)
            return distance.mean();
        var real = mask.to(distance.dtype);
        return (distance * real).sum() / real.sum();
    }
}
