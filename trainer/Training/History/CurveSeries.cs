namespace Edge.Trainer.Training.History;

/// <summary>
/// One curve of a phase. However long the phase, it stays small: once it has <see cref="Most"/> points, neighbours are averaged
/// two by two, and from then on each point is the mean of twice as many readings.
/// </summary>
internal sealed class CurveSeries
{
    /// <summary>Most points of a curve, even.</summary>
    public const int Most = 400;

    private readonly List<SeriesPoint> _points = [];
    private int _stride = 1;
    private int _pending;
    private double _pendingStep, _pendingValue;

    /// <summary>Points in the order of steps; readings that do not fill a point yet count as one.</summary>
    public IReadOnlyList<SeriesPoint> Points => _pending == 0 ? _points : [.. _points, Pending];

    /// <summary>Takes a reading.</summary>
    /// <param name="step">Step of the phase, never below the last one's.</param>
    /// <param name="value">Value; what is not finite is left out.</param>
    public void Add(double step, double value)
    {
        if (!double.IsFinite(value))
            return;
        _pendingStep += step;
        _pendingValue += value;
        if (++_pending < _stride)
            return;
        _points.Add(Pending);
        (_pending, _pendingStep, _pendingValue) = (0, 0, 0);
        if (_points.Count >= Most)
            Halve();
    }

    /// <summary>Puts back points that were kept; later readings follow them one by one.</summary>
    public void Restore(CurveRecord record)
    {
        _points.AddRange(record.Steps.Zip(record.Values, (step, value) => new SeriesPoint(step, value)));
        while (_points.Count >= Most)
            Halve();
    }

    private SeriesPoint Pending => new(_pendingStep / _pending, _pendingValue / _pending);

    private void Halve()
    {
        var pairs = _points.Count / 2;
        for (var i = 0; i < pairs; i++)
        {
            var (left, right) = (_points[2 * i], _points[(2 * i) + 1]);
            _points[i] = new SeriesPoint((left.Step + right.Step) / 2, (left.Value + right.Value) / 2);
        }
        _points.RemoveRange(pairs, pairs); // an odd one at the end stays
        _stride *= 2;
    }
}
