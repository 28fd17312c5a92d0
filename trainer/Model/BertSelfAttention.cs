using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>Multi-head scaled dot-product attention (Vaswani et al. 2017, section 3.2), before the output projection.</summary>
internal sealed class BertSelfAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly BertCompute _compute;
    private readonly double _dropout;
    private readonly long _heads;
    private readonly long _headSize;

    [ComponentName(Name = "query")]
    private readonly Linear _query;

    [ComponentName(Name = "key")]
    private readonly Linear _key;

    [ComponentName(Name = "value")]
    private readonly Linear _value;

    [ComponentName(Name = "relative_positions")]
    private readonly RelativePositions? _relative;

    public BertSelfAttention(BertConfig config, BertCompute compute)
        : base(nameof(BertSelfAttention))
    {
        _compute = compute;
        _dropout = config.AttentionDropoutRate;
        _heads = config.AttentionHeads;
        _headSize = config.HeadSize;
        _query = nn.Linear(config.HiddenSize, config.HiddenSize);
        _key = nn.Linear(config.HiddenSize, config.HiddenSize);
        _value = nn.Linear(config.HiddenSize, config.HiddenSize);
        _relative = config.RelativePositions > 0 ? new RelativePositions(config.RelativePositions, config.AttentionHeads) : null;
        RegisterComponents();
    }

    /// <summary>
    /// Receives queries, keys and values of every pass, side by side, [batch, tokens, 3 · hidden]; <c>null</c>: nobody asks.
    /// </summary>
    public Action<Tensor>? Projected { get; set; }

    /// <param name="input">Hidden states, [batch, tokens, hidden].</param>
    /// <param name="penalty">0 for tokens and a large negative number for padding, [batch, 1, 1, tokens]; <c>null</c>: no padding.</param>
    public override Tensor forward(Tensor input, Tensor? penalty)
    {
        using var scope = NewDisposeScope();
        var (batch, tokens) = (input.shape[0], input.shape[1]);
        var projected = Project(input);
        Projected?.Invoke(projected);
        var parts = projected.view(batch, tokens, 3, _heads, _headSize).permute(2, 0, 3, 1, 4)
            .reshape(3, batch * _heads, tokens, _headSize).unbind(0); // 3 x [batch · heads, tokens, head]

        // [batch · heads, tokens, tokens]
        var scores = _compute.Multiply(parts[0].mul(Scalars.Of(1 / Math.Sqrt(_headSize))), parts[1].transpose(1, 2));
        if (Added(penalty, tokens) is { } added)
            scores = scores.view(batch, _heads, tokens, tokens).Plus(added).view(batch * _heads, tokens, tokens);
        var weights = _compute.Dropout(scores.softmax(-1), _dropout, training);
        return _compute.Multiply(weights, parts[2]).view(batch, _heads, tokens, _headSize).transpose(1, 2)
            .reshape(batch, tokens, _heads * _headSize).MoveToOuterDisposeScope(); // [batch, tokens, hidden]
    }

    // What is added to every score: for padding, for distance, for both; [batch or 1, heads or 1, tokens or 1, tokens].
    private Tensor? Added(Tensor? penalty, long tokens)
    {
        if (_relative is null)
            return penalty;
        var distance = _relative.call(tokens);
        return penalty is null ? distance : distance.Plus(penalty);
    }

    // Queries, keys and values side by side, [batch, tokens, 3 · hidden].
    private Tensor Project(Tensor input)
    {
        if (!_compute.Overrides.IsEmpty)
            return cat([_compute.Linear(input, _query), _compute.Linear(input, _key), _compute.Linear(input, _value)], -1);
        // One MatMul of three times the width instead of three: fewer, larger steps.
        var weight = cat([_query.weight!, _key.weight!, _value.weight!]);
        var bias = cat([_query.bias!, _key.bias!, _value.bias!]);
        return _compute.Linear(input, weight, bias);
    }
}
