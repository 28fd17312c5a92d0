namespace Edge.Trainer.Data;

/// <summary>A row of a data file that cannot be used.</summary>
/// <param name="File">File it stands in.</param>
/// <param name="Line">Line it starts on, from 1.</param>
/// <param name="Reason">What was found, what is allowed, what to do.</param>
/// <param name="Row">The row as it stands in the file, for the file that <c>--skip-bad</c> writes.</param>
internal sealed record BadRow(string File, int Line, string Reason, string Row = "")
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: {Reason}";
}
