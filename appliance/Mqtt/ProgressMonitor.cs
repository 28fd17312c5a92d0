using Edge.Appliance.Configuration;
using Edge.Appliance.Health;

namespace Edge.Appliance.Mqtt;

/// <summary>Looks at what is in flight: a message that does not come to an end makes the appliance not ready.</summary>
internal sealed class ProgressMonitor(InFlightMessages inFlight, HealthState health, TimeProvider time) : BackgroundService
{
    /// <summary>Longest time that a message is in flight while all is well: longer than it takes to give one up.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private const string Warning = "messages-stuck";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Looks now.</summary>
    public void Look()
    {
        var age = inFlight.OldestAge;
        if (age < Longest)
        {
            health.ProgressProblem = null;
            health.Clear(Warning);
            return;
        }
        var last = inFlight.SinceFinished is { } since
            ? $"the last one was acknowledged {Seconds(since)} ago"
            : "none was acknowledged yet";
        health.ProgressProblem = $"of {inFlight.Count} messages in flight the oldest waits {Seconds(age)}; {last}";
        health.Warn(Warning, HealthSeverity.Error, health.ProgressProblem,
            "look at the broker and at the appliance's log; where neither explains it, restart the appliance: nothing is lost");
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private static string Seconds(TimeSpan time) => Durations.Format(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)));
}
