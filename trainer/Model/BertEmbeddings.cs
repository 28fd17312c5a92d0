using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>Sum of word, position and segment embeddings, normalized (Devlin et al. 2019, figure 2).</summary>
internal sealed class BertEmbeddings : nn.Module<TokenBatch, Tensor>
{
    private readonly BertCompute _compute;
    private readonly double _dropout;

    [ComponentName(Name = "word_embeddings")]
    private readonly Embedding _words;

    [ComponentName(Name = "position_embeddings")]
    private readonly Embedding _positions;

    [ComponentName(Name = "token_type_embeddings")]
    private readonly Embedding _types;

    [ComponentName(Name = "LayerNorm")]
    private readonly LayerNorm _norm;

    public BertEmbeddings(BertConfig config, BertCompute compute)
        : base(nameof(BertEmbeddings))
    {
        _compute = compute;
        _dropout = config.DropoutRate;
        _words = nn.Embedding(config.VocabularySize, config.HiddenSize);
        _positions = nn.Embedding(config.MaxPositions, config.HiddenSize);
        _types = nn.Embedding(config.TypeVocabularySize, config.HiddenSize);
        _norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        RegisterComponents();
    }

    /// <summary>The word embeddings, [vocabulary, hidden]; masked-language modelling reads words with them.</summary>
    public Tensor WordWeight => _words.weight!;

    public override Tensor forward(TokenBatch input)
    {
        using var scope = NewDisposeScope();
        var positions = _positions.weight!.narrow(0, 0, input.Ids.shape[1]); // [tokens, hidden]
        // With one segment its row is added to the few positions instead of to every token.
        var x = input.Types is null
            ? _compute.Lookup(_words, input.Ids).Plus(positions.Plus(_types.weight!.narrow(0, 0, 1)))
            : _compute.Lookup(_words, input.Ids).Plus(positions).Plus(_types.call(input.Types)); // [batch, tokens, hidden]
        return _compute.Dropout(_norm.call(x), _dropout, training).MoveToOuterDisposeScope();
    }
}
