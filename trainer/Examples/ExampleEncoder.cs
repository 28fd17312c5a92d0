using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;

namespace Edge.Trainer.Examples;

/// <summary>Turns labelled utterances into token ids and targets.</summary>
internal sealed class ExampleEncoder
{
    private readonly UtteranceTokenizer _tokenizer;
    private readonly TaskDefinition _task;
    private readonly Dictionary<string, int>[] _labels;
    private readonly int _scope;

    public ExampleEncoder(UtteranceTokenizer tokenizer, TaskDefinition task)
    {
        _tokenizer = tokenizer;
        _task = task;
        _scope = OutOfScope.HeadIndex(task);
        _labels = [.. task.Heads.Select(
            head => head.Labels.Select((label, i) => (label, i)).ToDictionary(e => e.label, e => e.i, StringComparer.Ordinal))];
    }

    /// <summary>Encodes utterances in order. A label that the task does not have (it occurs in dev or test only) is no target.</summary>
    public IReadOnlyList<TrainingExample> Encode(IEnumerable<LabelledUtterance> utterances) => [.. utterances.Select(Encode)];

    /// <summary>Encodes one utterance.</summary>
    public TrainingExample Encode(LabelledUtterance utterance)
    {
        var encoded = _tokenizer.Encode(utterance.Text, _task.UsesContext ? utterance.Context : null, _task.MaxLength);
        return new TrainingExample(encoded, Targets(utterance, encoded))
        {
            Utterance = utterance,
            OutOfScopeOf = _scope >= 0 && utterance.Single.TryGetValue(_task.Heads[_scope].Name, out var label)
                && OutOfScope.Says(_task, _task.Heads[_scope], label) ? _scope : null,
        };
    }

    /// <summary>Targets for an utterance that was cut into tokens elsewhere.</summary>
    public HeadTarget[] Targets(LabelledUtterance utterance, EncodedUtterance encoded) =>
        [.. _task.Heads.Select((head, i) => Target(head, _labels[i], utterance, encoded))];

    private static HeadTarget Target(
        HeadDefinition head, Dictionary<string, int> labels, LabelledUtterance utterance, EncodedUtterance encoded)
    {
        switch (head.Kind)
        {
            case HeadKind.Single when utterance.Single.TryGetValue(head.Name, out var label) && labels.TryGetValue(label, out var index):
                return HeadTarget.None with { Label = index };
            case HeadKind.Multi when utterance.Multi.TryGetValue(head.Name, out var present):
                var values = new float[head.Labels.Count];
                foreach (var name in present)
                {
                    if (labels.TryGetValue(name, out var position))
                        values[position] = 1;
                }
                return HeadTarget.None with { Values = values };
            case HeadKind.Score when utterance.Scores.TryGetValue(head.Name, out var score):
                return HeadTarget.None with { Values = [(float)score] };
            case HeadKind.Span when utterance.Spans.TryGetValue(head.Name, out var spans):
                var known = spans.Where(span => labels.ContainsKey(span.Label)).ToArray();
                return HeadTarget.None with { Tags = TagAlignment.Align(encoded, known, head.Labels) };
            default:
                return HeadTarget.None;
        }
    }
}
