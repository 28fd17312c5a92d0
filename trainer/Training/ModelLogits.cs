using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>The logits of a model in training, in the form in which a session gives them: one utterance at a time, no padding.</summary>
internal static class ModelLogits
{
    private const int BatchSize = 64;

    /// <summary>Runs a model over examples, without dropout; its mode is put back.</summary>
    /// <returns>By example and head: [outputs], or [tokens × tags].</returns>
    public static IReadOnlyList<float[][]> Compute(BertTaskModel model, IReadOnlyList<TrainingExample> examples, TrainingContext context)
    {
        var wasTraining = model.training;
        var wasExact = model.Compute.Exact;
        model.eval();
        model.Compute.Exact = true;
        var result = Compute(examples, context, (tokens, _) => model.call(tokens).Logits);
        model.Compute.Exact = wasExact;
        model.train(wasTraining);
        return result;
    }

    /// <summary>The same of anything that answers batches.</summary>
    /// <param name="examples">What is read.</param>
    /// <param name="context">What the phases share.</param>
    /// <param name="answer">The values of a batch by head: [batch, outputs], or [batch, tokens, tags].</param>
    public static IReadOnlyList<float[][]> Compute(
        IReadOnlyList<TrainingExample> examples, TrainingContext context,
        Func<TokenBatch, IReadOnlyList<EncodedUtterance>, IReadOnlyList<Tensor>> answer)
    {
        using var noGrad = no_grad();
        var result = new float[examples.Count][][];
        foreach (var members in BatchSampler.Sorted(EpochSource.Lengths(examples), BatchSize))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var encoded = Array.ConvertAll(members, member => examples[member].Encoded);
            var tokens = TokenBatch.Create(
                Array.ConvertAll(encoded, e => e.Ids), Array.ConvertAll(encoded, e => e.TypeIds), context.Tokenizer.PadId, context.Device);
            var length = (int)tokens.Ids.shape[1];
            var values = answer(tokens, encoded).Select(head => head.cpu().contiguous().data<float>().ToArray()).ToArray();
            for (var row = 0; row < members.Length; row++)
                result[members[row]] = Row(context.Task, values, row, length, encoded[row].Length);
        }
        return result;
    }

    private static float[][] Row(TaskDefinition task, float[][] values, int row, int paddedLength, int length)
    {
        var heads = new float[values.Length][];
        for (var head = 0; head < heads.Length; head++)
        {
            var width = task.Heads[head].OutputCount;
            var perToken = task.Heads[head].Kind == HeadKind.Span;
            var start = row * width * (perToken ? paddedLength : 1);
            heads[head] = values[head].AsSpan(start, width * (perToken ? length : 1)).ToArray();
        }
        return heads;
    }
}
