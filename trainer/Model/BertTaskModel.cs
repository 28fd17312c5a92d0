using Edge.Bundles.Tasks;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>
/// BERT with a task's heads; teacher and student are both of this class. Parameters carry Hugging Face's names
/// (<c>BertModel</c> without prefix), heads are <c>heads.NAME.weight</c> and <c>.bias</c>.
/// </summary>
internal sealed class BertTaskModel : nn.Module<TokenBatch, TaskOutputs>
{
    [ComponentName(Name = "embeddings")]
    private readonly BertEmbeddings _embeddings;

    [ComponentName(Name = "encoder")]
    private readonly BertEncoder _encoder;

    [ComponentName(Name = "pooler")]
    private readonly BertDense _pooler;

    [ComponentName(Name = "heads")]
    private readonly TaskHeads _heads;

    public BertTaskModel(BertConfig config, TaskDefinition task, BertCompute compute)
        : base(nameof(BertTaskModel))
    {
        Config = config;
        Task = task;
        Compute = compute;
        _embeddings = new BertEmbeddings(config, compute);
        _encoder = new BertEncoder(config, compute);
        _pooler = new BertDense(compute, config.HiddenSize, config.HiddenSize);
        _heads = new TaskHeads(config, compute, task);
        RegisterComponents();
        ModelParameters.Initialize(this, config.InitializerRange);
    }

    /// <summary>Sizes.</summary>
    public BertConfig Config { get; }

    /// <summary>Heads, in the order of the logits.</summary>
    public TaskDefinition Task { get; }

    /// <summary>How it computes; shared by the models of a run.</summary>
    public BertCompute Compute { get; }

    /// <summary>Parameters that are trained in place of the encoder's weights, as LoRA does; <c>null</c>: none.</summary>
    public nn.Module? Additions { get; set; }

    /// <summary>The word embeddings, [vocabulary, hidden].</summary>
    public Tensor WordWeight => _embeddings.WordWeight;

    public override TaskOutputs forward(TokenBatch input)
    {
        var hidden = Encode(input);
        var pooled = _pooler.call(Pool(hidden[^1], input.Mask)).tanh(); // [batch, hidden]
        return new TaskOutputs(hidden, _heads.call(hidden[^1], pooled));
    }

    /// <summary>Hidden states after the embeddings and after each layer, without the heads.</summary>
    public IReadOnlyList<Tensor> Encode(TokenBatch input)
    {
        var (batch, tokens) = (input.Ids.shape[0], input.Ids.shape[1]);
        var penalty = input.Mask is null
            ? null
            : input.Mask.to(ScalarType.Float32).sub(Scalars.Of(1)).view(batch, 1, 1, tokens).mul(Scalars.Of(10_000));
        return _encoder.call(_embeddings.call(input), penalty);
    }

    private Tensor Pool(Tensor x, Tensor? mask) // [batch, tokens, hidden] -> [batch, hidden]
    {
        if (Config.Pooling == Pooling.Cls)
            return x.select(1, 0);
        if (mask is null)
            return x.mean([1]);
        var real = mask.unsqueeze(-1).to(x.dtype); // [batch, tokens, 1]
        return (x * real).sum(1) / real.sum(1);
    }
}
