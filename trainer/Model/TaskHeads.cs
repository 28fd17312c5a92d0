using Edge.Bundles.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>One linear layer a head; span heads read every token, the others the pooled utterance.</summary>
internal sealed class TaskHeads : nn.Module<Tensor, Tensor, IReadOnlyList<Tensor>>
{
    private readonly BertCompute _compute;
    private readonly double _dropout;
    private readonly (bool PerToken, Linear Linear)[] _heads;

    public TaskHeads(BertConfig config, BertCompute compute, TaskDefinition task)
        : base(nameof(TaskHeads))
    {
        _compute = compute;
        _dropout = config.DropoutRate;
        _heads = [.. task.Heads.Select(head => (head.Kind == HeadKind.Span, nn.Linear(config.HiddenSize, head.OutputCount)))];
        for (var i = 0; i < _heads.Length; i++)
            register_module(task.Heads[i].Name, _heads[i].Linear);
    }

    /// <param name="input">Hidden states of the last layer, [batch, tokens, hidden].</param>
    /// <param name="pooled">The pooled utterance, [batch, hidden].</param>
    public override IReadOnlyList<Tensor> forward(Tensor input, Tensor pooled) =>
        [.. _heads.Select(head => _compute.Linear(_compute.Dropout(head.PerToken ? input : pooled, _dropout, training), head.Linear))];
}
