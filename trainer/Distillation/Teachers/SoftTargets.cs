using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>What the teachers answer to the utterances of a batch: looked up where it was asked before, asked where it was not.</summary>
/// <param name="teachers">The teachers.</param>
/// <param name="linear">A linear teacher beside them; <c>null</c>: none.</param>
/// <param name="cache">Keeps answers.</param>
/// <param name="context">What the phases share.</param>
internal sealed class SoftTargets(TeacherEnsemble teachers, TeacherMixture? linear, TeacherAnswerCache cache, TrainingContext context)
{
    private const int BatchSize = 64;

    /// <summary>The teachers.</summary>
    public TeacherEnsemble Teachers => teachers;

    /// <summary>
    /// Asks once about utterances that will come back. Before the phase and in a fixed order, so that a run that is resumed
    /// has the same answers to the last bit.
    /// </summary>
    public void Keep(IReadOnlyList<TrainingExample> examples)
    {
        var started = context.Time.GetTimestamp();
        foreach (var members in BatchSampler.Sorted(EpochSource.Lengths(examples), BatchSize))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = TrainingBatch.Create(examples, members, 0, context);
            var values = Ask(batch.Clean, batch.Examples, TextTokens.Of(batch, context.Device), null)
                .Select(answer => answer.cpu().contiguous().data<float>().ToArray()).ToArray();
            var tokens = (int)batch.Clean.Ids.shape[1];
            for (var row = 0; row < members.Length; row++)
            {
                var length = examples[members[row]].Encoded.Length;
                cache.Add(examples[members[row]].Encoded,
                    [.. context.Task.Heads.Select((head, i) => Row(values[i], head, row, tokens, length))]);
            }
            if (cache.IsFull)
                break;
        }
        context.Display.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"teacher answers: {cache.Count} utterances asked once in {context.Time.GetElapsedTime(started).TotalSeconds:0.0} s, " +
            $"{cache.Bytes / 1e6:0.0} MB")
            + (cache.IsFull ? "; the others are asked in every epoch, distillation.cacheMegabytes is used up" : ""));
    }

    /// <summary>
    /// Probabilities by head for the rows of a batch: [batch, outputs], or [batch, tokens, tags] with zeros outside of the utterances.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The first teacher's logits of the batch, where it has read it anyway.</param>
    public IReadOnlyList<Tensor> Of(TrainingBatch batch, IReadOnlyList<Tensor>? first = null)
    {
        List<(int Row, Half[][] Answer)> kept = [];
        List<int> asked = [];
        for (var row = 0; row < batch.Examples.Count; row++)
        {
            if (cache.TryGet(batch.Encoded[row], out var answer))
                kept.Add((row, answer));
            else
                asked.Add(row);
        }
        if (kept.Count == 0)
            return Ask(batch.Clean, batch.Examples, TextTokens.Of(batch, context.Device), first);

        var tokens = (int)batch.Clean.Ids.shape[1];
        var known = context.Task.Heads.Select((head, i) => Join(head, [.. kept.Select(entry => entry.Answer[i])], tokens));
        if (asked.Count == 0)
            return [.. known];

        // The rows that were asked for stand before those that were kept; then each goes to its place.
        var rows = tensor(asked.ConvertAll(row => (long)row).ToArray(), device: context.Device);
        var text = TextTokens.Of(batch, context.Device).index_select(0, rows);
        var fresh = Ask(batch.Clean.Rows(rows), asked.ConvertAll(row => batch.Examples[row]), text,
            first?.Select(logits => logits.index_select(0, rows)).ToArray());
        var places = new long[batch.Examples.Count];
        for (var i = 0; i < places.Length; i++)
            places[i < asked.Count ? asked[i] : kept[i - asked.Count].Row] = i;
        var order = tensor(places, device: context.Device);
        return [.. known.Zip(fresh, (ofKept, ofAsked) => cat([ofAsked, ofKept]).index_select(0, order))];
    }

    private IReadOnlyList<Tensor> Ask(TokenBatch tokens, IReadOnlyList<TrainingExample> examples, Tensor text, IReadOnlyList<Tensor>? first)
    {
        using var noGrad = no_grad();
        var answers = teachers.Ask(tokens, text, first);
        return linear is null ? answers : linear.Mix(answers, examples, text);
    }

    private static Half[] Row(float[] values, HeadDefinition head, int row, int tokens, int length)
    {
        var (width, count) = head.Kind == HeadKind.Span
            ? (tokens * head.OutputCount, length * head.OutputCount)
            : (head.OutputCount, head.OutputCount);
        return Array.ConvertAll(values[(row * width)..((row * width) + count)], value => (Half)value);
    }

    private Tensor Join(HeadDefinition head, Half[][] rows, int tokens)
    {
        var width = head.Kind == HeadKind.Span ? tokens * head.OutputCount : head.OutputCount;
        var values = new float[rows.Length * width];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var i = 0; i < rows[row].Length; i++)
                values[(row * width) + i] = (float)rows[row][i];
        }
        long[] shape = head.Kind == HeadKind.Span ? [rows.Length, tokens, head.OutputCount] : [rows.Length, head.OutputCount];
        return tensor(values, shape, device: context.Device);
    }
}
