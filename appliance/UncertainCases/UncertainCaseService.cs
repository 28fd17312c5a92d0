using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Bundles.Common;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.UncertainCases;

/// <summary>
/// The only writer of the store: takes what waits as one batch, commits it, tells who waits. While the store fails (locked,
/// disk full) it keeps trying with the same batch. Where the file was deleted or replaced it opens the one that the path names now.
/// </summary>
internal sealed partial class UncertainCaseService(
    UncertainCaseQueue queue, UncertainCaseFactory factory, UncertainCaseStore store, UncertainCaseOptions options, Metrics metrics,
    HealthState health, TimeProvider time, ILogger<UncertainCaseService> logger)
    : BackgroundService
{
    private const int BatchSize = 256;
    private const string FullWarning = "store-full";
    private const string NotMaskedWarning = "case-not-masked";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Lock _storeLock = new();
    private bool _isFailing;
    private bool _wasDamaged;

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
        var looking = LookAfterFileAsync();
        var hasGivenUp = false;
        while (await queue.WaitAsync())
        {
            var batch = queue.Take(BatchSize);
            hasGivenUp = hasGivenUp || !await TryStoreAsync(batch);
            Finish(batch, isStored: !hasGivenUp);
        }
        await _giveUp.CancelAsync();
        await looking;
    }

    private void Finish(List<PendingCase> batch, bool isStored)
    {
        foreach (var pending in batch)
        {
            queue.Leave(pending);
            if (isStored)
                pending.Stored.SetResult();
            else
                pending.Stored.SetCanceled(CancellationToken.None);
        }
        // The others' messages are not acknowledged: the broker delivers them again.
        if (!isStored && batch.Count(pending => pending.IsLetGo) is > 0 and var lost)
        {
            Log.Lost(logger, lost, options.File);
            queue.Drop(lost, "the service stopped while the store could not be written");
        }
    }

    // Also while no cases come: who deletes the file shall read of it soon, not with the next case.
    private async Task LookAfterFileAsync()
    {
        while (!_giveUp.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, _giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                lock (_storeLock)
                    ReopenWhereMoved();
            }
            catch (Exception failure) when (IsStoreFailure(failure))
            {
                Report(failure);
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
                if (_isFailing)
                    Log.Recovered(logger);
                _isFailing = false;
                health.StoreProblem = null;
                health.Clear(UncertainCaseQueue.FailingWarning);
                queue.CatchUp();
                return true;
            }
            catch (Exception failure) when (IsStoreFailure(failure))
            {
                Report(failure);
                Repair(failure);
            }
            if (_giveUp.IsCancellationRequested)
                return false;
            await Task.Delay(RetryDelay, time, _giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsStoreFailure(Exception failure) =>
        failure is SqliteException or UserException or IOException or UnauthorizedAccessException;

    private void Store(List<PendingCase> batch)
    {
        lock (_storeLock)
        {
            ReopenWhereMoved();
            if (store.IsFull())
            {
                metrics.CountCasesDropped(batch.Count);
                health.Warn(FullWarning, HealthSeverity.Warning,
                    $"{options.File} has reached {options.MaxMegabytes} MB; uncertain cases are not kept any more",
                    "remove reviewed cases, or raise UncertainCases:MaxMegabytes");
                return;
            }
            health.Clear(FullWarning);
            var cases = Mask(batch);
            var added = store.Add(cases);
            // Deleted between the look and the commit: they would be in a file that nobody ever reads.
            while (ReopenWhereMoved())
                added = store.Add(cases);
            _wasDamaged = false;
            metrics.CountCasesStored(added);
        }
    }

    private bool ReopenWhereMoved()
    {
        if (store.IsInPlace())
            return false;
        store.Reopen();
        Log.Reopened(logger, options.File);
        health.WarnOfEvent("store-replaced", HealthSeverity.Warning,
            $"{options.File} was deleted or replaced while it was open; the file at its place is used from now on",
            "look for the earlier cases in a backup; stop the service before you move the file");
        return true;
    }

    // Once by opening it again: somebody may have copied a good file over the open one. Then the damaged file is set aside.
    private void Repair(Exception failure)
    {
        if (!UncertainCaseStore.IsDamage(failure))
            return;
        try
        {
            lock (_storeLock)
            {
                if (!_wasDamaged)
                {
                    _wasDamaged = true;
                    store.Reopen();
                    return;
                }
                var aside = store.SetAside();
                Log.SetAside(logger, options.File, aside);
                health.WarnOfEvent("store-damaged", HealthSeverity.Error,
                    $"{options.File} was damaged; it is {aside} now, and a new file is used",
                    "recover its cases with sqlite3's .recover, or from a backup");
            }
        }
        catch (Exception again) when (IsStoreFailure(again))
        {
            Report(again);
        }
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
                health.WarnOfEvent(NotMaskedWarning, HealthSeverity.Warning,
                    "an uncertain utterance could not be masked, so it was not stored",
                    "report it with the log, which says where it failed");
            }
        }
        return cases;
    }

    private void Report(Exception failure)
    {
        var reason = failure.Message.TrimEnd('.');
        if (!_isFailing)
            Log.Failing(logger, options.File, reason);
        _isFailing = true;
        health.StoreProblem = reason;
        health.Warn(UncertainCaseQueue.FailingWarning, HealthSeverity.Error,
            $"{options.File} cannot be written: {reason}; utterances are answered, and up to {options.WaitingMegabytes} MB of uncertain " +
            "cases wait in memory",
            "free disk space, end the program that locks the file, or let this user write there; do not stop the service before");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error,
            "{File} cannot be written: {Reason}. Uncertain cases wait in memory until it can; trying again")]
        public static partial void Failing(ILogger logger, string file, string reason);

        [LoggerMessage(2, LogLevel.Information, "The store of uncertain cases can be written again")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "An uncertain utterance could not be masked and was not stored")]
        public static partial void NotMasked(ILogger logger, Exception failure);

        [LoggerMessage(4, LogLevel.Error, "{Count} uncertain cases are lost: {File} could not be written before the stop")]
        public static partial void Lost(ILogger logger, int count, string file);

        [LoggerMessage(5, LogLevel.Error, "{File} was deleted or replaced while it was open; the file at its place is used from now on")]
        public static partial void Reopened(ILogger logger, string file);

        [LoggerMessage(6, LogLevel.Error, "{File} is damaged; it is {Aside} now, and a new file is used")]
        public static partial void SetAside(ILogger logger, string file, string aside);
    }
}
