using Edge.Trainer.Distillation.Layers;
using Edge.Trainer.Distillation.Terms;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation;

/// <summary>The losses of intermediate layers, which compare student and teacher there: hidden states, relations, attention.</summary>
internal sealed class IntermediateLayerLosses : IDisposable
{
    /// <summary>Name of the distance of hidden states.</summary>
    public const string HiddenTerm = "hidden";

    /// <summary>Name of the distance of relations.</summary>
    public const string RelationTerm = "relations";

    /// <summary>Name of the distance of attention.</summary>
    public const string AttentionTerm = "attention";

    private readonly DistillationOptions _options;
    private readonly IReadOnlyList<LayerPair> _attentionLayers;
    private readonly int _relationHeads;
    private readonly int _attentionHeads;
    private readonly HiddenLoss? _hidden;

    public IntermediateLayerLosses(DistillationOptions options, BertConfig student, BertConfig teacher, Device device)
    {
        _options = options;
        if (options.HiddenWeight > 0)
            _hidden = new HiddenLoss(student, teacher, options.HiddenLayers.Resolve(student, teacher), options.HiddenEmbeddings).to(device);
        _attentionLayers = options.RelationWeight > 0 || options.AttentionWeight > 0
            ? options.AttentionLayers.Resolve(student, teacher)
            : [];
        _relationHeads = options.RelationHeads > 0 ? options.RelationHeads : RelationLoss.HeadsFor(student.HiddenSize, teacher.HiddenSize);
        _attentionHeads = student.AttentionHeads;
    }

    /// <summary>Modules that are trained with the student.</summary>
    public IReadOnlyList<nn.Module> Modules => _hidden is null ? [] : [_hidden];

    /// <summary>Layers of the student whose projections are needed.</summary>
    public IReadOnlyCollection<int> StudentLayers => [.. _attentionLayers.Select(pair => pair.Student).Distinct()];

    /// <summary>Layers of the teacher whose projections are needed.</summary>
    public IReadOnlyCollection<int> TeacherLayers => [.. _attentionLayers.Select(pair => pair.Teacher).Distinct()];

    /// <summary>The terms of a batch.</summary>
    /// <param name="student">The student's pass, with the projections of <see cref="StudentLayers"/>.</param>
    /// <param name="teacher">The teacher's, with those of <see cref="TeacherLayers"/>.</param>
    /// <param name="mask">Real tokens, Bool [batch, tokens]; <c>null</c>: all.</param>
    /// <param name="compute">How MatMuls are computed.</param>
    public IEnumerable<LossTerm> Compute(
        (TaskOutputs Outputs, IReadOnlyDictionary<int, Tensor> Projected) student,
        (TaskOutputs Outputs, IReadOnlyDictionary<int, Tensor> Projected) teacher,
        Tensor? mask,
        BertCompute compute)
    {
        if (_hidden is not null)
            yield return new LossTerm(HiddenTerm, _hidden.call(student.Outputs, teacher.Outputs, mask), _options.HiddenWeight);
        if (_options.RelationWeight > 0)
            yield return new LossTerm(
                RelationTerm, Mean((s, t) => RelationLoss.Relations(s, t, mask, _relationHeads, compute)), _options.RelationWeight);
        if (_options.AttentionWeight > 0)
            yield return new LossTerm(
                AttentionTerm, Mean((s, t) => RelationLoss.AttentionMaps(s, t, mask, _attentionHeads, compute)), _options.AttentionWeight);

        Tensor Mean(Func<Tensor, Tensor, Tensor> term)
        {
            var sum = term(student.Projected[_attentionLayers[0].Student], teacher.Projected[_attentionLayers[0].Teacher]);
            foreach (var pair in _attentionLayers.Skip(1))
                sum = sum.Plus(term(student.Projected[pair.Student], teacher.Projected[pair.Teacher]));
            return sum.div(Scalars.Of(_attentionLayers.Count));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hidden?.Dispose();
}
