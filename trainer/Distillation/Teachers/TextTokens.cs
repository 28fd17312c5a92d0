using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>The tokens of utterances themselves, which tags are given to: no special tokens, no context, no padding.</summary>
internal static class TextTokens
{
    /// <summary>Bool [batch, tokens].</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="device">Where it shall live.</param>
    public static Tensor Of(TrainingBatch batch, Device device)
    {
        var tokens = (int)batch.Clean.Ids.shape[1];
        var values = new bool[batch.Examples.Count * tokens];
        for (var row = 0; row < batch.Examples.Count; row++)
            values.AsSpan((row * tokens) + batch.Encoded[row].TextStart, batch.Encoded[row].TextCount).Fill(true);
        return tensor(values, [batch.Examples.Count, tokens], device: device);
    }
}
