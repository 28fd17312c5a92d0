using System.Collections.Concurrent;

namespace Edge.Appliance.Health;

/// <summary>What the parts say of themselves; read by <c>/readyz</c>.</summary>
internal sealed class HealthState(TimeProvider time)
{
    /// <summary>How long a warning of something that happened stays after the last time that it did.</summary>
    public static readonly TimeSpan EventLasts = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (HealthWarning Warning, DateTimeOffset End)> _warnings = new();
    private volatile string? _brokerProblem = "not connected yet";
    private volatile string? _storeProblem;
    private volatile string? _progressProblem;

    /// <summary>Warnings in force, by code.</summary>
    public IReadOnlyList<HealthWarning> Warnings =>
        [.. _warnings.Values
            .Where(entry => entry.End > time.GetUtcNow())
            .Select(entry => entry.Warning)
            .OrderBy(warning => warning.Code, StringComparer.Ordinal)];

    /// <summary>Why no utterances come from the broker; null while connected and subscribed.</summary>
    public string? BrokerProblem
    {
        get => _brokerProblem;
        set => _brokerProblem = value;
    }

    /// <summary>Why uncertain cases are not stored; null while they are.</summary>
    public string? StoreProblem
    {
        get => _storeProblem;
        set => _storeProblem = value;
    }

    /// <summary>Why messages do not come to an end; null while they do.</summary>
    public string? ProgressProblem
    {
        get => _progressProblem;
        set => _progressProblem = value;
    }

    /// <summary>Raises a warning of a state, or renews its text; it ends with <see cref="Clear"/>.</summary>
    public void Warn(string code, HealthSeverity severity, string text, string remedy) =>
        _warnings[code] = (new HealthWarning(code, severity, text, remedy), DateTimeOffset.MaxValue);

    /// <summary>
    /// Raises a warning of something that happened, or renews it; it ends by itself when it has not happened again for
    /// <see cref="EventLasts"/>, because nothing that follows proves that the cause is gone.
    /// </summary>
    public void WarnOfEvent(string code, HealthSeverity severity, string text, string remedy) =>
        _warnings[code] = (new HealthWarning(code, severity, text, remedy), time.GetUtcNow() + EventLasts);

    /// <summary>Takes a warning back.</summary>
    public void Clear(string code) => _warnings.TryRemove(code, out _);
}
