namespace Edge.Trainer.Data.Files;

/// <summary>A record of a file of separated values.</summary>
/// <param name="Line">Line it starts on, from 1.</param>
/// <param name="LastLine">Line it ends on.</param>
/// <param name="Source">Its own characters.</param>
/// <param name="Cells">Its cells; empty where there is a problem.</param>
/// <param name="Problem">What is wrong with its quotes; <c>null</c>: nothing.</param>
internal readonly record struct CsvRecord(int Line, int LastLine, string Source, string[] Cells, string? Problem = null)
{
    /// <summary>True where a cell holds line ends.</summary>
    public bool SpansLines => LastLine > Line;
}
