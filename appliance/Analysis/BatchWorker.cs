using System.Diagnostics;
using Edge.Appliance.Health;

namespace Edge.Appliance.Analysis;

/// <summary>
/// A GPU's worker. It never waits while the GPU is idle: what is there runs, and what comes during the run is the next batch, the oldest
/// first. So one caller alone waits for nobody, and many share a run.
/// </summary>
/// <param name="analyzer">Bundle and device; this worker's alone.</param>
/// <param name="wait">How long it waits for more all the same.</param>
/// <param name="metrics">Counts analyses.</param>
internal sealed class BatchWorker(BatchAnalyzer analyzer, TimeSpan wait, Metrics metrics) : IAnalysisWorker
{
    private readonly MicroBatch _batch = analyzer.CreateBatch();
    private PendingAnalysis? _next; // taken, and too long for the batch before

    /// <inheritdoc/>
    /// <exception cref="DeviceLostException">The device runs nothing any more.</exception>
    public Task RunAsync(AnalysisQueue queue, CancellationToken stop) => analyzer.RunOnDeviceAsync(() => Work(queue, stop));

    private void Work(AnalysisQueue queue, CancellationToken stop)
    {
        while (_next is not null || queue.WaitAsync(stop).AsTask().GetAwaiter().GetResult())
        {
            Collect(queue, stop);
            if (_batch.Count > 0)
                Answer();
            _batch.Clear();
        }
    }

    private void Collect(AnalysisQueue queue, CancellationToken stop)
    {
        if (_next is { } first)
        {
            _next = null;
            _batch.TryAdd(first);
        }
        Fill(queue, stop);
        if (wait == TimeSpan.Zero)
            return;
        // Timers are too coarse for fractions of a millisecond.
        var (start, spin) = (Stopwatch.GetTimestamp(), new SpinWait());
        while (_batch.Count > 0 && !_batch.IsFull && _next is null && !stop.IsCancellationRequested
            && Stopwatch.GetElapsedTime(start) < wait)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            Fill(queue, stop);
        }
    }

    private void Fill(AnalysisQueue queue, CancellationToken stop)
    {
        while (!_batch.IsFull && _next is null && !stop.IsCancellationRequested && queue.TryTake() is { } pending)
        {
            if (!_batch.TryAdd(pending))
                _next = pending;
        }
    }

    private void Answer()
    {
        try
        {
            analyzer.Run(_batch);
        }
        catch (InvalidOperationException)
        {
            AnswerOneByOne();
            return;
        }
        for (var row = 0; row < _batch.Count; row++)
        {
            try
            {
                Complete(_batch.Pending[row], analyzer.Decode(_batch, row));
            }
            catch (Exception failure)
            {
                _batch.Pending[row].Completion.SetException(failure); // whoever waits reports it: one utterance must not end the service
            }
        }
    }

    // 1. A device that runs nothing at all is lost. 2. Otherwise memory was short, or an utterance is to blame, which fails alone: were it
    // taken for a lost device, the broker would deliver it again after a restart, and so for ever.
    private void AnswerOneByOne()
    {
        var unanswered = new Queue<PendingAnalysis>(_batch.Pending.ToArray());
        DemandDevice(unanswered);
        while (unanswered.TryPeek(out var pending))
        {
            try
            {
                Complete(pending, analyzer.Analyze(pending.Text, pending.Context));
            }
            catch (InvalidOperationException failure)
            {
                DemandDevice(unanswered);
                pending.Completion.SetException(failure);
            }
            unanswered.Dequeue();
        }
    }

    private void DemandDevice(Queue<PendingAnalysis> unanswered)
    {
        try
        {
            analyzer.Analyze(AnalysisQueue.Probe).Dispose();
        }
        catch (InvalidOperationException failure)
        {
            PendingAnalysis[] all = [.. unanswered, .. _next is { } next ? [next] : Array.Empty<PendingAnalysis>()];
            _batch.Clear();
            _next = null;
            throw new DeviceLostException(analyzer.Device, all, failure);
        }
    }

    private void Complete(PendingAnalysis pending, in AnalyzedUtterance analyzed)
    {
        metrics.CountAnalysis(analyzed.Truncated);
        pending.Completion.SetResult(analyzed);
    }
}
