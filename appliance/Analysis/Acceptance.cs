using Edge.Appliance.Configuration;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Analysis;

/// <summary>Which answers are accepted: by the thresholds of the bundle, or those that the configuration has instead.</summary>
internal sealed class Acceptance
{
    private readonly float[] _heads;

    // By head; null where none of its labels has a threshold of its own, so that the usual answer looks nothing up.
    private readonly Dictionary<string, float>?[] _labels;

    private readonly float _outOfScope;

    private Acceptance(float[] heads, Dictionary<string, float>?[] labels, float outOfScope) =>
        (_heads, _labels, _outOfScope) = (heads, labels, outOfScope);

    /// <summary>Puts the thresholds of a bundle and of the configuration together.</summary>
    /// <param name="task">The bundle's heads.</param>
    /// <param name="entry">What the bundle says of the precision that serves.</param>
    /// <param name="overrides">Those of the configuration; of two that say the same, the later one counts.</param>
    /// <exception cref="UserException">The bundle lacks what one names; all are listed.</exception>
    public static Acceptance Of(TaskDefinition task, PrecisionEntry entry, IReadOnlyList<ThresholdOverride> overrides)
    {
        float[] heads = [.. task.Heads.Select(head => entry.ThresholdOf(head.Name))];
        var labels = new Dictionary<string, float>?[heads.Length];
        var outOfScope = entry.OutOfScope?.Threshold;
        string[] names = [.. task.Heads.Select(head => head.Name)];
        var problems = new List<string>();
        foreach (var item in overrides)
        {
            var index = IndexOf(names, item.Head);
            if (outOfScope is not null && item.Label is null
                && item.Head.Equals(ThresholdOverride.OutOfScope, StringComparison.OrdinalIgnoreCase))
            {
                outOfScope = item.Value;
                continue;
            }
            if (index < 0)
            {
                problems.Add($"{item.Place}: {item.Key} names no head of the bundle; it has " +
                    string.Join(", ", outOfScope is null ? names : [.. names, ThresholdOverride.OutOfScope]));
                continue;
            }
            var head = task.Heads[index];
            if (head.Kind == HeadKind.Score)
                problems.Add($"{item.Place}: {item.Key}: head {head.Name} is a score, which is always accepted; remove the key");
            else if (item.Label is not { } label)
                heads[index] = item.Value;
            else if (IndexOf(head.Labels, label) is >= 0 and var found)
                (labels[index] ??= new(StringComparer.Ordinal))[head.Labels[found]] = item.Value;
            else
                problems.Add($"{item.Place}: {item.Key} names no label of head {head.Name}; it has {string.Join(", ", head.Labels)}");
        }
        UserException.ThrowIfAny(problems);
        return new Acceptance(heads, labels, outOfScope ?? 1);
    }

    /// <summary>Whether a head's answer is accepted. Of several labels the highest threshold counts.</summary>
    public bool Accepts(int head, in HeadPrediction prediction) =>
        prediction.Confidence >= (_labels[head] is { } labels ? Highest(labels, _heads[head], prediction) : _heads[head]);

    /// <summary>Whether an utterance with this out-of-scope score is taken to be in scope.</summary>
    public bool AcceptsScope(float score) => score < _outOfScope;

    private static float Highest(Dictionary<string, float> labels, float others, in HeadPrediction prediction)
    {
        if (prediction.Label is { } label)
            return labels.GetValueOrDefault(label, others);
        var highest = float.NegativeInfinity; // of no label at all, the head's counts
        for (var i = 0; i < prediction.Labels.Count; i++)
            highest = Math.Max(highest, labels.GetValueOrDefault(prediction.Labels[i], others));
        for (var i = 0; i < prediction.Spans.Count; i++)
            highest = Math.Max(highest, labels.GetValueOrDefault(prediction.Spans[i].Label, others));
        return float.IsNegativeInfinity(highest) ? others : highest;
    }

    // The configuration's keys have no case: what is written exactly so comes first, then what differs in case alone.
    private static int IndexOf(IReadOnlyList<string> names, string sought)
    {
        var insensitive = -1;
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == sought)
                return i;
            if (insensitive < 0 && names[i].Equals(sought, StringComparison.OrdinalIgnoreCase))
                insensitive = i;
        }
        return insensitive;
    }
}
