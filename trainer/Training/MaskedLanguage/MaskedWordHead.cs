using Edge.Trainer.Model;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Training.MaskedLanguage;

/// <summary>
/// Guesses masked words from hidden states (Devlin et al. 2019, section 3.1). It reads them with the word embeddings
/// themselves, which are passed in: a parameter registered in two modules cannot be moved to another device.
/// </summary>
internal sealed class MaskedWordHead : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly BertCompute _compute;
    private readonly Activation _activation;

    [ComponentName(Name = "dense")]
    private readonly Linear _dense;

    [ComponentName(Name = "LayerNorm")]
    private readonly LayerNorm _norm;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public MaskedWordHead(BertConfig config, BertCompute compute)
        : base(nameof(MaskedWordHead))
    {
        _compute = compute;
        _activation = config.Activation;
        _dense = nn.Linear(config.HiddenSize, config.HiddenSize);
        _norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        _bias = nn.Parameter(zeros(config.VocabularySize));
        RegisterComponents();
        ModelParameters.Initialize(this, config.InitializerRange);
    }

    /// <param name="hidden">Hidden states of the masked tokens, [masked, hidden].</param>
    /// <param name="words">Word embeddings, [vocabulary, hidden].</param>
    /// <returns>Logits, [masked, vocabulary].</returns>
    public override Tensor forward(Tensor hidden, Tensor words) =>
        _compute.Linear(_norm.call(_activation.Apply(_compute.Linear(hidden, _dense))), words, _bias);
}
