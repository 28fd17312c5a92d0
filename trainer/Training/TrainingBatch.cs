using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>Inputs and targets of one step.</summary>
/// <param name="Tokens">What the model reads.</param>
/// <param name="Targets">
/// By head: Int64 [batch] (single), Float32 [batch, outputs] (multi, score; NaN where not annotated), Int64 [batch, tokens]
/// (span); <c>null</c> where no utterance of the batch is annotated.
/// </param>
/// <param name="TokenCount">Tokens without padding.</param>
internal sealed record TrainingBatch(TokenBatch Tokens, IReadOnlyList<Tensor?> Targets, int TokenCount)
{
    /// <summary>The examples of the batch, row by row.</summary>
    public required IReadOnlyList<TrainingExample> Examples { get; init; }

    /// <summary>What is read of them, row by row.</summary>
    public required IReadOnlyList<EncodedUtterance> Encoded { get; init; }

    /// <summary>The ids as they stood before word dropout, Int64 [batch, tokens]: a teacher reads these.</summary>
    public required TokenBatch Clean { get; init; }

    /// <summary>Builds a batch of some examples.</summary>
    public static TrainingBatch Create(IReadOnlyList<TrainingExample> examples, int[] members, double wordDropout, TrainingContext context)
    {
        var encoded = Array.ConvertAll(members, member => examples[member].Encoded);
        var ids = Array.ConvertAll(encoded, e => e.Ids);
        var types = Array.ConvertAll(encoded, e => e.TypeIds);
        var clean = TokenBatch.Create(ids, types, context.Tokenizer.PadId, context.Device);
        var tokens = clean;
        if (wordDropout > 0)
        {
            var dropped = Array.ConvertAll(encoded, e => Drop(e, wordDropout, context));
            tokens = clean with { Ids = TokenBatch.CreateIds(dropped, context.Tokenizer.PadId, context.Device) };
        }

        var length = (int)tokens.Ids.shape[1];
        var heads = context.Task.Heads;
        var targets = new Tensor?[heads.Count];
        for (var head = 0; head < targets.Length; head++)
        {
            var ofHead = Array.ConvertAll(members, member => examples[member].Targets[head]);
            targets[head] = heads[head].Kind switch
            {
                HeadKind.Single => Labels(ofHead, context.Device),
                HeadKind.Span => Tags(ofHead, length, context.Device),
                _ => Values(ofHead, heads[head].OutputCount, context.Device),
            };
        }
        return new TrainingBatch(tokens, targets, encoded.Sum(e => e.Length))
        {
            Examples = Array.ConvertAll(members, member => examples[member]),
            Encoded = encoded,
            Clean = clean,
        };
    }

    private static int[] Drop(EncodedUtterance encoded, double share, TrainingContext context)
    {
        var ids = (int[])encoded.Ids.Clone();
        for (var i = encoded.TextStart; i < encoded.TextStart + encoded.TextCount; i++)
        {
            if (context.Random.NextDouble() < share)
                ids[i] = context.Tokenizer.UnknownId;
        }
        return ids;
    }

    private static Tensor? Labels(HeadTarget[] targets, Device device) =>
        Array.TrueForAll(targets, target => target.Label == HeadTarget.NotAnnotated)
            ? null
            : tensor(Array.ConvertAll(targets, target => (long)target.Label), device: device);

    private static Tensor? Tags(HeadTarget[] targets, int length, Device device)
    {
        if (Array.TrueForAll(targets, target => target.Tags is null))
            return null;
        var values = new long[targets.Length * length];
        Array.Fill(values, HeadTarget.NotAnnotated);
        for (var row = 0; row < targets.Length; row++)
        {
            if (targets[row].Tags is not { } tags)
                continue;
            for (var token = 0; token < tags.Length; token++)
                values[(row * length) + token] = tags[token];
        }
        return tensor(values, [targets.Length, length], device: device);
    }

    private static Tensor? Values(HeadTarget[] targets, int width, Device device)
    {
        if (Array.TrueForAll(targets, target => target.Values is null))
            return null;
        var values = new float[targets.Length * width];
        Array.Fill(values, float.NaN);
        for (var row = 0; row < targets.Length; row++)
            targets[row].Values?.CopyTo(values, row * width);
        return tensor(values, [targets.Length, width], device: device);
    }
}
