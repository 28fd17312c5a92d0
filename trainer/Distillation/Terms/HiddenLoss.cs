using Edge.Trainer.Distillation.Layers;
using Edge.Trainer.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Terms;

/// <summary>
/// Mean squared distance of hidden states between chosen layers and of the embeddings, the student's brought to the teacher's
/// width by a learned projection (TinyBERT, Jiao et al. 2020, equations 8 and 9). Every pair has a projection of its own, as
/// layers need not share a basis; it costs hidden × hidden weights that are thrown away with the phase.
/// </summary>
internal sealed class HiddenLoss : nn.Module<TaskOutputs, TaskOutputs, Tensor?, Tensor>
{
    // Index into the hidden states: 0 after the embeddings, i + 1 after layer i.
    private readonly (int Student, int Teacher)[] _pairs;
    private readonly Linear[] _projections;

    /// <param name="student">Sizes of the student.</param>
    /// <param name="teacher">Sizes of the teacher.</param>
    /// <param name="layers">Pairs of layers.</param>
    /// <param name="embeddings">Whether the embeddings' outputs are a pair too.</param>
    public HiddenLoss(BertConfig student, BertConfig teacher, IReadOnlyList<LayerPair> layers, bool embeddings)
        : base(nameof(HiddenLoss))
    {
        _pairs = [.. embeddings ? [(0, 0)] : Array.Empty<(int, int)>(), .. layers.Select(pair => (pair.Student + 1, pair.Teacher + 1))];
        _projections = Array.ConvertAll(_pairs, _ => nn.Linear(student.HiddenSize, teacher.HiddenSize));
        for (var i = 0; i < _projections.Length; i++)
            register_module($"projection{i}", _projections[i]);
        ModelParameters.Initialize(this, student.InitializerRange);
        if (student.HiddenSize == teacher.HiddenSize)
            StartAsIdentity();
    }

    /// <returns>Mean over pairs, real tokens and width.</returns>
    public override Tensor forward(TaskOutputs student, TaskOutputs teacher, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var sum = Distance(0);
        for (var i = 1; i < _pairs.Length; i++)
            sum = sum.Plus(Distance(i));
        return sum.div(Scalars.Of(_pairs.Length)).MoveToOuterDisposeScope();

        Tensor Distance(int i)
        {
            var (ofStudent, ofTeacher) = (student.Hidden[_pairs[i].Student], teacher.Hidden[_pairs[i].Teacher]);
            return TokenMean.Of((_projections[i].call(ofStudent) - ofTeacher).Squared().mean([-1]), mask); // [batch, tokens] -> scalar
        }
    }

    // Of the same width, a student that starts from its teacher's layers starts at a distance of 0 from them.
    private void StartAsIdentity()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var projection in _projections)
            projection.weight!.copy_(eye(projection.weight.shape[0]));
    }
}
