using System.Buffers;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Appliance.Mqtt;

namespace Edge.Appliance.Http;

/// <summary>Says whether the appliance is ready, and if not why (<c>/readyz</c>).</summary>
internal sealed class ReadinessWriter(
    ApplianceOptions options, BundleInService inService, AnalysisQueue queue, InFlightMessages inFlight, HealthState health)
{
    /// <summary>Writes the state as JSON.</summary>
    public (bool IsReady, byte[] Json) Write()
    {
        var bundle = inService.Current.Bundle;
        (string Name, string? Problem, string Detail)[] checks =
        [
            ("broker", options.Mqtt.Enabled ? health.BrokerProblem : null, options.Mqtt.Enabled ? "connected" : "switched off"),
            ("bundle", null, $"{bundle.Id} ({bundle.Precision})"),
            ("provider", null, inService.Current.ProviderReason is { Length: > 0 } reason
                ? $"{inService.Current.Provider}: {reason}"
                : inService.Current.Provider),
            ("queue", queue.Length >= queue.Capacity ? $"full: {queue.Length} utterances wait" : null,
                $"{queue.Length} of {queue.Capacity}"),
            ("progress", health.ProgressProblem, Progress()),
            ("store", options.UncertainCases.Enabled ? health.StoreProblem : null,
                options.UncertainCases.Enabled ? "writable" : "switched off"),
        ];
        var isReady = checks.All(check => check.Problem is null);

        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, AnswerWriter.Form);
        json.WriteStartObject();
        json.WriteBoolean("ready", isReady);
        json.WriteStartObject("checks");
        foreach (var (name, problem, detail) in checks)
        {
            json.WriteStartObject(name);
            json.WriteBoolean("ok", problem is null);
            json.WriteString("reason", problem ?? detail);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartArray("warnings");
        foreach (var warning in health.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("severity", warning.Severity == HealthSeverity.Error ? "error" : "warning");
            json.WriteString("text", warning.Text);
            json.WriteString("remedy", warning.Remedy);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return (isReady, buffer.WrittenSpan.ToArray());
    }

    private string Progress()
    {
        var last = inFlight.SinceFinished is { } since ? $", the last one acknowledged {Math.Round(since.TotalSeconds)} s ago" : "";
        return $"{inFlight.Count} messages in flight{last}";
    }
}
