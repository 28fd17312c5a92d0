using System.Collections.Concurrent;

namespace Edge.Appliance.Health;

/// <summary>What the parts say of themselves; read by <c>/readyz</c>.</summary>
internal sealed class HealthState
{
    private readonly ConcurrentDictionary<string, HealthWarning> _warnings = new();
    private volatile string? _brokerProblem = "not connected yet";
    private volatile string? _storeProblem;

    /// <summary>Warnings in force, by code.</summary>
    public IReadOnlyList<HealthWarning> Warnings => [.. _warnings.Values.OrderBy(warning => warning.Code, StringComparer.Ordinal)];

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

    /// <summary>Raises a warning, or renews its text.</summary>
    public void Warn(string code, HealthSeverity severity, string text, string remedy) =>
        _warnings[code] = new HealthWarning(code, severity, text, remedy);

    /// <summary>Takes a warning back.</summary>
    public void Clear(string code) => _warnings.TryRemove(code, out _);
}
