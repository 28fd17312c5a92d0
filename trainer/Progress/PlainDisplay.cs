namespace Edge.Trainer.Progress;

/// <summary>Plain lines: one at every tenth of a phase, so that a log stays short.</summary>
internal sealed class PlainDisplay(TextWriter output) : IRunDisplay
{
    /// <inheritdoc/>
    public void Line(string text) => output.WriteLine(text);

    /// <inheritdoc/>
    public T Phase<T>(string name, Func<Action<PhaseReport>, T> work)
    {
        var shown = 0;
        return work(report =>
        {
            var tenth = (int)(report.Fraction * 10);
            if (tenth == shown)
                return;
            shown = tenth;
            output.WriteLine($"{name}: {report.Fraction * 100:0} %, {report.Text}, {report.Left:mm\\:ss} left");
        });
    }
}
