namespace Edge.Trainer.Evaluation;

/// <summary>Right, wrong and missed answers by label.</summary>
internal sealed class LabelCounts
{
    private readonly Dictionary<string, (int Right, int Wrong, int Missed)> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a label that was answered and is in the gold annotation.</summary>
    public void Right(string label) => Add(label, 1, 0, 0);

    /// <summary>Counts a label that was answered and is not in the gold annotation.</summary>
    public void Wrong(string label) => Add(label, 0, 1, 0);

    /// <summary>Counts a label of the gold annotation that was not answered.</summary>
    public void Missed(string label) => Add(label, 0, 0, 1);

    /// <summary>Share of the answers that are right; 0 without answers.</summary>
    public double Precision => Ratio(Sum(c => c.Right), Sum(c => c.Right + c.Wrong));

    /// <summary>Share of the gold annotation that was answered; 0 without any.</summary>
    public double Recall => Ratio(Sum(c => c.Right), Sum(c => c.Right + c.Missed));

    /// <summary>Harmonic mean of precision and recall over all labels (micro).</summary>
    public double F1 => Ratio(2 * Sum(c => c.Right), Sum(c => (2 * c.Right) + c.Wrong + c.Missed));

    /// <summary>Mean F1 of the labels that occur in the gold annotation or in the answers (as scikit-learn has it).</summary>
    public double MacroF1 => _counts.Count == 0 ? 0 : _counts.Values.Average(c => Ratio(2 * c.Right, (2 * c.Right) + c.Wrong + c.Missed));

    private int Sum(Func<(int Right, int Wrong, int Missed), int> part) => _counts.Values.Sum(part);

    private void Add(string label, int right, int wrong, int missed)
    {
        var count = _counts.GetValueOrDefault(label);
        _counts[label] = (count.Right + right, count.Wrong + wrong, count.Missed + missed);
    }

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
