using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.UncertainCases;
using Edge.Bundles.Common;
using Edge.Bundles.Links;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.Shadowing;

/// <summary>
/// Lets the candidate answer what callers say, after their answer is out and only where nobody waits for a processor, and stores where it
/// differs: 1. look whether a candidate is linked; 2. open it as a bundle that serves is opened; 3. let it answer; 4. write down.
/// Whatever is wrong with it is a warning: callers never notice a candidate.
/// </summary>
internal sealed class ShadowService(
    LoadedOptions loaded, ShadowQueue shadow, AnalysisQueue queue, AnswerMasking masking, ShadowStore store, ShadowNotices notices)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileBusy = TimeSpan.FromMilliseconds(1);

    private readonly BundleLinks _links = new(loaded.Options.Bundle, loaded.Options.Candidate);
    private ReadyBundle? _candidate;
    private string? _refused;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundThread.RunAsync("shadow", () => Run(stoppingToken));

    // On the thread itself from beginning to end: its low priority is the thread's.
    private bool Run(CancellationToken stop)
    {
        try
        {
            while (!stop.WaitHandle.WaitOne(_candidate is null ? LookEvery : TimeSpan.Zero))
            {
                Look();
                if (_candidate is not null)
                    Watch(_candidate, stop);
            }
            return true;
        }
        finally
        {
            Close();
        }
    }

    private void Look()
    {
        var folder = _links.Waiting;
        if (folder is null || !Directory.Exists(folder))
        {
            _refused = null;
            notices.Clear();
            Close();
            return;
        }
        if (folder == _refused || (_candidate is not null && folder == _candidate.Bundle.Directory))
            return;
        Close();
        try
        {
            _candidate = ReadyBundle.OpenBeside(
                loaded with { Options = loaded.Options with { Bundle = folder }, BundlePlace = "Candidate" });
            _refused = null;
            notices.Opened(_candidate.Bundle.Id);
            shadow.Candidate = _candidate.Bundle.Id;
        }
        catch (Exception refusal) when (refusal is UserException or BundleException)
        {
            _refused = folder;
            notices.Refused(_links.Candidate, refusal.Message);
        }
    }

    // Until it is time to look at the link again.
    private void Watch(ReadyBundle candidate, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(WriteEvery);
        ShadowPair? pair = null;
        ShadowTally tally = new();
        List<ShadowCase> cases = [];
        while (Next(end.Token) is { } answered)
        {
            var now = new ShadowPair(candidate.Bundle.Id, answered.Analyzed.Bundle);
            if (now.Served == now.Candidate)
                continue; // promoted meanwhile
            if (pair is { } before && before != now)
            {
                Write(before, tally, cases);
                (tally, cases) = (new ShadowTally(), []);
            }
            pair = now;
            Compare(candidate, answered, tally, cases);
        }
        if (pair is { } last)
            Write(last, tally, cases);
    }

    private void Compare(ReadyBundle candidate, in AnsweredUtterance answered, ShadowTally tally, List<ShadowCase> cases)
    {
        try
        {
            using var after = candidate.Analyzer.Analyze(answered.Utterance.Text, answered.Utterance.Context);
            var differing = tally.Count(answered.Analyzed, after);
            if (differing.Count == 0)
                return;
            var (text, context) = masking.Mask(answered.Utterance, answered.Analyzed, after);
            cases.Add(new ShadowCase(
                answered.Line, answered.Details.Id, text.Text, context, differing,
                AnswerMasking.Write(answered.Analyzed, text, answered.Details), AnswerMasking.Write(after, text, answered.Details),
                answered.ReceivedAt));
        }
        catch (Exception failure)
        {
            // As for a caller's utterance: one that it cannot take must not end the service.
            notices.Failed(candidate.Bundle.Id, failure);
        }
    }

    // Null where there is none in time. Callers first: while any of theirs waits, this waits.
    private AnsweredUtterance? Next(CancellationToken end)
    {
        try
        {
            while (shadow.WaitAsync(end).AsTask().GetAwaiter().GetResult())
            {
                if (queue.Length > 0)
                    end.WaitHandle.WaitOne(WhileBusy);
                else if (shadow.TryTake(out var answered))
                    return answered;
                end.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }
        return null;
    }

    private void Write(ShadowPair pair, ShadowTally tally, List<ShadowCase> cases)
    {
        try
        {
            store.Add(pair, tally, cases, DateTimeOffset.UtcNow);
            notices.Written();
        }
        catch (Exception failure) when (failure is SqliteException or UserException or IOException or UnauthorizedAccessException)
        {
            notices.NotWritten(failure.Message);
        }
    }

    private void Close()
    {
        shadow.Candidate = null;
        _candidate?.Dispose();
        _candidate = null;
    }
}
