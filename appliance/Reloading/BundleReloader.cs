using System.Threading.Channels;
using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Bundles.Common;

namespace Edge.Appliance.Reloading;

/// <summary>
/// Changes to the bundle that <c>Bundle</c> (a link) names now: 1. verify, load, warm up and run its golden utterances, beside the
/// one that serves; 2. let its workers take over. If anything is wrong with it, the one that serves goes on and a warning says why.
/// </summary>
internal sealed partial class BundleReloader(
    LoadedOptions loaded, BundleInService inService, AnalysisService analysis, HealthState health, ILogger<BundleReloader> logger)
    : BackgroundService
{
    /// <summary>Code of the warning that a bundle was refused.</summary>
    public const string RefusedWarning = "bundle-refused";

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Channel<bool> _requests =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _isStopping;

    /// <summary>Asks for a change without waiting for it (SIGHUP); log and warnings say how it went.</summary>
    public void RequestReload() => _requests.Writer.TryWrite(true);

    /// <summary>Changes the bundle where the link names another one; whoever asks meanwhile waits, and gets the verdict on what is
    /// there then.</summary>
    public async Task<ReloadOutcome> ReloadAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            return await Task.Run(TryChangeAsync);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Waits for a change that has begun: what it has opened must be freed before the process ends.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        await _oneAtATime.WaitAsync(CancellationToken.None);
        _oneAtATime.Release();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _requests.Reader.ReadAllAsync(stoppingToken))
            await ReloadAsync();
    }

    private async Task<ReloadOutcome> TryChangeAsync()
    {
        var serving = inService.Current.Bundle;
        if (_isStopping)
            return new ReloadOutcome(serving.Id, Refused: "the service is stopping");
        try
        {
            if (serving.IsIn(loaded.Options.Bundle))
            {
                health.Clear(RefusedWarning);
                Log.Unchanged(logger, serving.Id);
                return new ReloadOutcome(serving.Id);
            }
            var next = await BackgroundThread.RunAsync("reload", () => ReadyBundle.OpenBeside(loaded));
            try
            {
                BundleAge.Check(loaded.Options, next.Bundle, serving.Manifest);
            }
            catch
            {
                next.Dispose();
                throw;
            }
            await analysis.ChangeAsync(next);
            health.Clear(RefusedWarning);
            Log.Changed(logger, next.Bundle.Id, next.Bundle.Precision, next.GoldenCount, serving.Id);
            return new ReloadOutcome(next.Bundle.Id, Previous: serving.Id);
        }
        catch (Exception refusal) when (refusal is UserException or BundleException)
        {
            health.Warn(RefusedWarning, HealthSeverity.Error,
                $"{loaded.Options.Bundle} was refused, {serving.Id} serves on: {refusal.Message}",
                "let the link name a bundle that edge-appliance check accepts, then reload");
            Log.Refused(logger, loaded.Options.Bundle, serving.Id, refusal.Message);
            return new ReloadOutcome(serving.Id, Refused: refusal.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information,
            "Bundle {Bundle} ({Precision}, {GoldenCount} golden utterances right) serves now, after {Previous}")]
        public static partial void Changed(ILogger logger, string bundle, string precision, int goldenCount, string previous);

        [LoggerMessage(2, LogLevel.Information, "Bundle {Bundle} is still the one that is linked; nothing changes")]
        public static partial void Unchanged(ILogger logger, string bundle);

        [LoggerMessage(3, LogLevel.Error, "{Link} was refused, {Bundle} serves on: {Reason}")]
        public static partial void Refused(ILogger logger, string link, string bundle, string reason);
    }
}
