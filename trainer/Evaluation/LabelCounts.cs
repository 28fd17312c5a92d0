namespace Edge.Trainer.Evaluation;

/// <summary>Right, wrong and missed answers by label, by number of the label.</summary>
/// <param name="labels">Labels.</param>
internal sealed class LabelCounts(int labels)
{
    private readonly int[] _right = new int[labels];
    private readonly int[] _wrong = new int[labels];
    private readonly int[] _missed = new int[labels];

    /// <summary>Counts answers of a label that are in the gold annotation.</summary>
    public void Right(int label, int times = 1) => _right[label] += times;

    /// <summary>Counts answers of a label that are not in the gold annotation.</summary>
    public void Wrong(int label, int times = 1) => _wrong[label] += times;

    /// <summary>Counts gold annotations of a label that were not answered.</summary>
    public void Missed(int label, int times = 1) => _missed[label] += times;

    /// <summary>Share of the answers that are right, over all labels (micro); 0 without answers.</summary>
    public double Precision => Ratio(_right.Sum(), _right.Sum() + _wrong.Sum());

    /// <summary>Share of the gold annotation that was answered, over all labels (micro); 0 without any.</summary>
    public double Recall => Ratio(_right.Sum(), _right.Sum() + _missed.Sum());

    /// <summary>Harmonic mean of precision and recall over all labels (micro).</summary>
    public double F1 => Ratio(2 * _right.Sum(), (2 * _right.Sum()) + _wrong.Sum() + _missed.Sum());

    /// <summary>Mean precision of the labels that occur in the gold annotation or in the answers (as scikit-learn has it).</summary>
    public double MacroPrecision => Mean(label => Ratio(_right[label], _right[label] + _wrong[label]));

    /// <summary>Mean recall of the labels that occur in the gold annotation or in the answers.</summary>
    public double MacroRecall => Mean(label => Ratio(_right[label], _right[label] + _missed[label]));

    /// <summary>Mean F1 of the labels that occur in the gold annotation or in the answers.</summary>
    public double MacroF1 => Mean(F1Of);

    /// <summary>The row of a label.</summary>
    public LabelRow Row(int label, string name) => new(
        name, _right[label] + _missed[label], _right[label] + _wrong[label], _right[label],
        Ratio(_right[label], _right[label] + _wrong[label]), Ratio(_right[label], _right[label] + _missed[label]), F1Of(label));

    private double F1Of(int label) => Ratio(2 * _right[label], (2 * _right[label]) + _wrong[label] + _missed[label]);

    private double Mean(Func<int, double> figure)
    {
        var (sum, occurring) = (0.0, 0);
        for (var label = 0; label < _right.Length; label++)
        {
            if (_right[label] + _wrong[label] + _missed[label] == 0)
                continue;
            sum += figure(label);
            occurring++;
        }
        return occurring == 0 ? 0 : sum / occurring;
    }

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
