using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Common;
using Edge.Trainer.Examples;
using Edge.Trainer.LinearModels;

namespace Edge.Trainer.Ngrams;

/// <summary>
/// Learns the scores of n-grams by themselves, one utterance a step: a conditional random field for tags, logistic regression for
/// labels. The encoder takes no part: two that err each in their own way are better together than one that was taught to
/// lean on the other (measured: docs/adr/0003).
/// </summary>
/// <param name="task">Heads with their labels and transitions.</param>
/// <param name="examples">Training set.</param>
/// <param name="ngrams">Its n-grams.</param>
internal sealed class NgramTrainer(TaskDefinition task, IReadOnlyList<TrainingExample> examples, NgramVocabulary ngrams)
{
    /// <summary>One pass over the training set.</summary>
    /// <param name="head">The head, one that <see cref="NgramTable.Learns"/>.</param>
    /// <param name="weights">Its scores.</param>
    /// <param name="setting">Whether variants are learned and, by heads that judge a whole utterance, triples read.</param>
    /// <param name="random">Order of the examples.</param>
    /// <param name="cancellation">Ends between two examples.</param>
    public void Pass(int head, AdaGradRows weights, LinearSetting setting, SeededRandom random, CancellationToken cancellation)
    {
        var order = Enumerable.Range(0, examples.Count)
            .Where(i => examples[i].Targets[head] != HeadTarget.None && (setting.Varied || examples[i].Utterance?.Original is null))
            .ToArray();
        random.Shuffle(order);
        foreach (var example in order)
        {
            cancellation.ThrowIfCancellationRequested();
            if (task.Heads[head].Kind == HeadKind.Span)
                LearnTags(example, head, weights);
            else
                LearnLabels(example, head, weights, NgramKinds.OfUtterances(setting.Triples));
        }
    }

    private void LearnTags(int example, int head, AdaGradRows weights)
    {
        var definition = task.Heads[head];
        var (encoded, tags, outputs) = (examples[example].Encoded, examples[example].Targets[head].Tags!, definition.OutputCount);
        var logits = new float[encoded.Length * outputs];
        for (var token = encoded.TextStart; token < encoded.TextStart + encoded.TextCount; token++)
        {
            foreach (var ngram in ngrams.Of(example, token))
                weights.AddTo(logits.AsSpan(token * outputs, outputs), ngram, 1);
        }
        var gradient = new float[logits.Length];
        BioDecoder.Marginals(logits, encoded, definition.Labels, gradient, definition.Transitions);
        for (var token = encoded.TextStart; token < encoded.TextStart + encoded.TextCount; token++)
        {
            gradient[(token * outputs) + tags[token]] -= 1; // d -log P / d logit = marginal - target
            weights.Descend(ngrams.Of(example, token), 1, gradient.AsSpan(token * outputs, outputs));
        }
    }

    private void LearnLabels(int example, int head, AdaGradRows weights, ReadOnlySpan<int> kinds)
    {
        var (encoded, target, outputs) = (examples[example].Encoded, examples[example].Targets[head], task.Heads[head].OutputCount);
        var read = new int[encoded.Length * kinds.Length];
        for (var token = 0; token < encoded.Length; token++)
        {
            for (var i = 0; i < kinds.Length; i++)
                read[(token * kinds.Length) + i] = ngrams.Of(example, token)[kinds[i]];
        }
        var value = 1 / MathF.Sqrt(encoded.Length);
        var gradient = new float[outputs];
        foreach (var ngram in read)
            weights.AddTo(gradient, ngram, value);
        if (target.Values is { } values)
        {
            for (var i = 0; i < outputs; i++)
                gradient[i] = LinearMath.Sigmoid(gradient[i]) - values[i];
        }
        else
        {
            LinearMath.Softmax(gradient);
            gradient[target.Label] -= 1;
        }
        weights.Descend(read, value, gradient);
    }
}
