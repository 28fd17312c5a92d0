using Edge.Bundles.Tokenization;
using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>The tokens of utterances themselves, which tags are given to: no special tokens, no context, no padding.</summary>
internal static class TextTokens
{
    /// <summary>Bool [batch, tokens].</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="device">Where it shall live.</param>
    public static Tensor Of(TrainingBatch batch, Device device) => Of(batch.Encoded, (int)batch.Clean.Ids.shape[1], device);

    /// <summary>The same.</summary>
    /// <param name="encoded">The utterances.</param>
    /// <param name="tokens">Length that they are padded to.</param>
    /// <param name="device">Where it shall live.</param>
    public static Tensor Of(IReadOnlyList<EncodedUtterance> encoded, int tokens, Device device)
    {
        var values = new bool[encoded.Count * tokens];
        for (var row = 0; row < encoded.Count; row++)
            values.AsSpan((row * tokens) + encoded[row].TextStart, encoded[row].TextCount).Fill(true);
        return tensor(values, [encoded.Count, tokens], device: device);
    }
}
