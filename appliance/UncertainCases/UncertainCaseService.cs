using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.UncertainCases;

/// <summary>
/// The only writer of the store: takes what waits as one batch, commits it, tells who waits. While the store fails (locked,
/// disk full) it keeps trying with the same batch: the messages stay unacknowledged, and the broker keeps the rest.
/// </summary>
internal sealed partial class UncertainCaseService(
    UncertainCaseQueue queue, UncertainCaseFactory factory, UncertainCaseStore store, UncertainCaseOptions options, Metrics metrics,
    HealthState health, TimeProvider time, ILogger<UncertainCaseService> logger)
    : BackgroundService
{
    private const int BatchSize = 256;
    private const string FailingWarning = "store-failing";
    private const string FullWarning = "store-full";
    private const string NotMaskedWarning = "case-not-masked";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Writes what waits; gives up on a store that still fails then.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await _giveUp.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.WaitAsync())
        {
            var batch = queue.Take(BatchSize);
            var isStored = await TryStoreAsync(batch);
            foreach (var pending in batch)
            {
                if (isStored)
                    pending.Stored.SetResult();
                else
                    pending.Stored.SetCanceled(CancellationToken.None);
            }
        }
    }

    // False: stopped before it succeeded.
    private async Task<bool> TryStoreAsync(List<PendingCase> batch)
    {
        while (true)
        {
            try
            {
                // Blocking, and up to a second where the file is locked: not on a thread of the pool that others wait for.
                await Task.Run(() => Store(batch), CancellationToken.None);
                if (health.StoreProblem is not null)
                    Log.Recovered(logger);
                health.StoreProblem = null;
                health.Clear(FailingWarning);
                return true;
            }
            catch (SqliteException failure)
            {
                Report(failure);
            }
            if (_giveUp.IsCancellationRequested)
                return false;
            await Task.Delay(RetryDelay, time, _giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Store(List<PendingCase> batch)
    {
        if (store.IsFull())
        {
            metrics.CountCasesDropped(batch.Count);
            health.Warn(FullWarning, HealthSeverity.Warning,
                $"{options.File} has reached {options.MaxMegabytes} MB; uncertain cases are not kept any more",
                "remove reviewed cases, or raise UncertainCases:MaxMegabytes");
            return;
        }
        health.Clear(FullWarning);
        metrics.CountCasesStored(store.Add(Mask(batch)));
    }

    // A case that cannot be masked is not stored: the text as it is must never be on disk, and one case must not stop the others.
    private List<UncertainCase> Mask(List<PendingCase> batch)
    {
        List<UncertainCase> cases = [];
        foreach (var pending in batch.Where(pending => !pending.CannotBeMasked))
        {
            try
            {
                cases.Add(pending.Mask(factory));
            }
            catch (Exception failure)
            {
                pending.CannotBeMasked = true;
                metrics.CountCasesDropped(1);
                Log.NotMasked(logger, failure);
                health.Warn(NotMaskedWarning, HealthSeverity.Warning,
                    "an uncertain utterance could not be masked, so it was not stored", "report it with the log, which says where it failed");
            }
        }
        return cases;
    }

    private void Report(SqliteException failure)
    {
        var reason = failure.Message.TrimEnd('.');
        if (health.StoreProblem is null)
            Log.Failing(logger, options.File, reason);
        health.StoreProblem = reason;
        health.Warn(FailingWarning, HealthSeverity.Error,
            $"{options.File} cannot be written: {reason}; uncertain utterances stay unacknowledged",
            "free disk space, or end the program that locks the file");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error,
            "{File} cannot be written: {Reason}. Uncertain utterances are not acknowledged until it can; trying again")]
        public static partial void Failing(ILogger logger, string file, string reason);

        [LoggerMessage(2, LogLevel.Information, "The store of uncertain cases can be written again")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "An uncertain utterance could not be masked and was not stored")]
        public static partial void NotMasked(ILogger logger, Exception failure);
    }
}
