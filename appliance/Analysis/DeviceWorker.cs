namespace Edge.Appliance.Analysis;

/// <summary>
/// A worker whose device may be lost. Where there are others to go on with, they answer what it had taken and take its place. Otherwise
/// nobody is told a wrong thing: what waits is given up unanswered, so that the broker delivers it again, and the service ends.
/// </summary>
/// <param name="worker">The worker.</param>
/// <param name="replace">Who goes on; <c>null</c>: nobody.</param>
internal sealed class DeviceWorker(
    IAnalysisWorker worker, Func<DeviceLostException, IReadOnlyList<UtteranceWorker>>? replace) : IAnalysisWorker
{
    /// <inheritdoc/>
    public async Task RunAsync(AnalysisQueue queue, CancellationToken stop)
    {
        try
        {
            await worker.RunAsync(queue, stop);
        }
        catch (DeviceLostException lost)
        {
            if (replace is null)
            {
                foreach (var pending in lost.Unanswered)
                    AnalysisQueue.GiveUp(pending);
                queue.Abandon();
                throw;
            }
            var others = replace(lost);
            foreach (var pending in lost.Unanswered)
                others[0].Answer(pending);
            await Task.WhenAll(others.Select(other => Task.Run(() => other.RunAsync(queue, stop), CancellationToken.None)));
        }
    }
}
