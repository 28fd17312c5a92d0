using Edge.Appliance.Health;

namespace Edge.Appliance.Shadowing;

/// <summary>What is said of a candidate, in the log and as warnings.</summary>
internal sealed partial class ShadowNotices(HealthState health, ILogger<ShadowNotices> logger)
{
    private const string RefusedWarning = "candidate-refused";
    private const string NotWrittenWarning = "candidate-not-written";

    /// <summary>A candidate is tried from now on.</summary>
    public void Opened(string bundle)
    {
        health.Clear(RefusedWarning);
        Log.Opened(logger, bundle);
    }

    /// <summary>There is no candidate.</summary>
    public void Clear()
    {
        health.Clear(RefusedWarning);
        health.Clear(NotWrittenWarning);
    }

    /// <summary>The bundle that is linked must not serve.</summary>
    public void Refused(string link, string reason)
    {
        health.Warn(RefusedWarning, HealthSeverity.Warning, $"{link} is not tried: {reason}",
            "let the link name a bundle that edge-appliance check accepts, or remove it");
        Log.Refused(logger, link, reason);
    }

    /// <summary>The candidate could not answer an utterance.</summary>
    public void Failed(string bundle, Exception failure)
    {
        health.WarnOfEvent("candidate-failed", HealthSeverity.Warning,
            $"candidate {bundle} could not answer an utterance: {failure.Message}", "do not promote it; train it again");
        Log.Failed(logger, bundle, failure);
    }

    /// <summary>What was counted is on disk.</summary>
    public void Written() => health.Clear(NotWrittenWarning);

    /// <summary>What was counted is lost.</summary>
    public void NotWritten(string reason)
    {
        health.Warn(NotWrittenWarning, HealthSeverity.Warning,
            $"what the candidate would change is not written: {reason}", "see the warnings of the store; answers go on");
        Log.NotWritten(logger, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Candidate {Bundle} is tried on what callers say")]
        public static partial void Opened(ILogger logger, string bundle);

        [LoggerMessage(2, LogLevel.Warning, "{Link} is not tried: {Reason}")]
        public static partial void Refused(ILogger logger, string link, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Candidate {Bundle} could not answer an utterance")]
        public static partial void Failed(ILogger logger, string bundle, Exception failure);

        [LoggerMessage(4, LogLevel.Warning, "What the candidate would change is not written: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
