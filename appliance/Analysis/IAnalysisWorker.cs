namespace Edge.Appliance.Analysis;

/// <summary>Takes utterances from the queue and answers them with one bundle.</summary>
internal interface IAnalysisWorker
{
    /// <summary>Works until the queue is closed and empty, or until it shall stop; what it has taken by then it finishes.</summary>
    /// <param name="queue">Where utterances wait.</param>
    /// <param name="stop">Another bundle's workers take over.</param>
    Task RunAsync(AnalysisQueue queue, CancellationToken stop);
}
