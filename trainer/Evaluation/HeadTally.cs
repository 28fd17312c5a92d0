using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>
/// What each annotated utterance adds to a head's counts. The figures of any sample of the utterances, each taken any number of
/// times, are quick to get: what the bootstrap and the paired tests do thousands of times.
/// </summary>
internal sealed class HeadTally
{
    private enum Outcome : byte
    {
        Right,
        Wrong,
        Missed,
    }

    private readonly HeadKind _kind;
    private readonly bool[] _right;
    private readonly int[] _starts; // of each utterance's events; one more than utterances
    private readonly (int Label, Outcome Outcome)[] _events;
    private readonly double[] _gold, _answered; // scores; empty for other kinds

    /// <summary>Counts answers.</summary>
    /// <param name="head">The head.</param>
    /// <param name="answers">Answers to annotated utterances.</param>
    public HeadTally(HeadDefinition head, IReadOnlyList<JudgedAnswer> answers)
    {
        _kind = head.Kind;
        _right = [.. answers.Select(answer => answer.Right)];
        _starts = new int[answers.Count + 1];
        var events = new List<(int, Outcome)>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var label in head.Labels)
            numbers.Add(label, numbers.Count);
        for (var i = 0; i < answers.Count; i++)
        {
            var (gold, answered) = (answers[i].Gold, answers[i].Answered);
            foreach (var item in answered)
                events.Add((Number(item.Label), gold.Contains(item) ? Outcome.Right : Outcome.Wrong));
            foreach (var item in gold)
            {
                if (!answered.Contains(item))
                    events.Add((Number(item.Label), Outcome.Missed));
            }
            _starts[i + 1] = events.Count;
        }
        _events = [.. events];
        Labels = [.. numbers.Keys];
        (_gold, _answered) = _kind == HeadKind.Score
            ? (answers.Select(answer => answer.GoldScore).ToArray(),
                answers.Select(answer => (double)answer.Prediction.Score!.Value).ToArray())
            : ([], []);

        int Number(string label)
        {
            if (!numbers.TryGetValue(label, out var number))
                numbers.Add(label, number = numbers.Count);
            return number;
        }
    }

    /// <summary>Annotated utterances.</summary>
    public int Count => _right.Length;

    /// <summary>Labels: the head's, then those that only the annotation has.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The figures, in the order of the JSON answer.</summary>
    /// <param name="weights">How often each utterance is taken; empty: once each.</param>
    public (string Name, double Value)[] Figures(ReadOnlySpan<int> weights = default)
    {
        if (_kind == HeadKind.Score)
            return ScoreFigures.Compute(_gold, _answered, weights);
        var counts = Counts(weights);
        var exact = ExactShare(weights);
        return _kind switch
        {
            HeadKind.Single =>
            [
                ("accuracy", exact), ("macroF1", counts.MacroF1), ("macroPrecision", counts.MacroPrecision),
                ("macroRecall", counts.MacroRecall),
                ("microF1", counts.F1),
            ],
            _ =>
            [
                ("precision", counts.Precision), ("recall", counts.Recall), ("f1", counts.F1), ("macroF1", counts.MacroF1),
                ("exactMatch", exact),
                ("macroPrecision", counts.MacroPrecision), ("macroRecall", counts.MacroRecall),
            ],
        };
    }

    /// <summary>The per-label table, the head's labels first; labels that never occur in annotation and answers included.</summary>
    public IReadOnlyList<LabelRow> Rows()
    {
        var counts = Counts([]);
        return [.. Labels.Select((label, number) => counts.Row(number, label))];
    }

    private LabelCounts Counts(ReadOnlySpan<int> weights)
    {
        var counts = new LabelCounts(Labels.Count);
        for (var i = 0; i < _right.Length; i++)
        {
            var times = weights.IsEmpty ? 1 : weights[i];
            if (times == 0)
                continue;
            for (var j = _starts[i]; j < _starts[i + 1]; j++)
            {
                var (label, outcome) = _events[j];
                if (outcome == Outcome.Right)
                    counts.Right(label, times);
                else if (outcome == Outcome.Wrong)
                    counts.Wrong(label, times);
                else
                    counts.Missed(label, times);
            }
        }
        return counts;
    }

    private double ExactShare(ReadOnlySpan<int> weights)
    {
        var (right, all) = (0, 0);
        for (var i = 0; i < _right.Length; i++)
        {
            var times = weights.IsEmpty ? 1 : weights[i];
            all += times;
            right += _right[i] ? times : 0;
        }
        return all == 0 ? 0 : (double)right / all;
    }
}
