using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>What stands between the two matrices of a feed-forward layer: <c>hidden_act</c> of Hugging Face.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Activation>))]
internal enum Activation
{
    /// <summary>x/2 · (1 + erf(x/√2)), BERT's (Hendrycks and Gimpel 2016).</summary>
    [JsonStringEnumMemberName("gelu")]
    Gelu,

    /// <summary>max(x, 0): cheaper than <see cref="Gelu"/>.</summary>
    [JsonStringEnumMemberName("relu")]
    Relu,
}

/// <summary>Computes an <see cref="Activation"/>.</summary>
internal static class Activations
{
    /// <summary>Applies it to every element.</summary>
    public static Tensor Apply(this Activation activation, Tensor x) => activation switch
    {
        Activation.Gelu => nn.functional.gelu(x),
        Activation.Relu => nn.functional.relu(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };
}
