namespace Edge.Appliance.Analysis;

/// <summary>Text to predictions, one utterance at a time, with one bundle.</summary>
internal interface IAnalyzer : IDisposable
{
    /// <summary>Analyses one utterance on the calling thread.</summary>
    /// <returns>What the bundle says; the caller disposes it.</returns>
    AnalyzedUtterance Analyze(string text, string? context = null);
}
