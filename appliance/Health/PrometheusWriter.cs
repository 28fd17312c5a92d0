using System.Globalization;
using System.Text;
using Edge.Appliance.Analysis;
using Edge.Appliance.Mqtt;

namespace Edge.Appliance.Health;

/// <summary>Writes <c>/metrics</c> in the Prometheus text format 0.0.4.</summary>
internal sealed class PrometheusWriter(Metrics metrics, AnalysisQueue queue, InFlightMessages inFlight, HealthState health, ServedBundle bundle)
{
    /// <summary>The content type that the format prescribes.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes all metrics.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        Counter(text, "edge_utterances_total", "Well-formed utterances received over MQTT and HTTP, repeated ones not counted.", metrics.Utterances);
        Counter(text, "edge_answers_total", "Answers written, repeated ones not counted.", metrics.Answers);
        Counter(text, "edge_duplicates_total", "Utterances with an id that was answered or taken before.", metrics.Duplicates);
        Counter(text, "edge_reused_ids_total", "Those of them whose text was another one.", metrics.ReusedIds);
        Counter(text, "edge_uncertain_total", "Answers in which a head stayed below its threshold.", metrics.Uncertain);
        Counter(text, "edge_late_total", "Answers that came after the sender's deadline.", metrics.Late);
        Counter(text, "edge_truncated_total", "Utterances longer than the model reads.", metrics.Truncated);
        Counter(text, "edge_keep_warm_runs_total", "Runs of the model that nobody asked for, so that the processor's caches stay warm (Analysis:KeepWarm).", metrics.KeepWarmRuns);
        Counter(text, "edge_uncertain_cases_stored_total", "Uncertain cases written to the store.", metrics.CasesStored);
        Counter(text, "edge_uncertain_cases_dropped_total", "Uncertain cases not kept because the store was full or behind.", metrics.CasesDropped);

        Head(text, "edge_errors_total", "counter", "Errors by code.");
        foreach (var code in ErrorCodes.All)
            text.Append(CultureInfo.InvariantCulture, $"edge_errors_total{{code=\"{code}\"}} {metrics.Errors.GetValueOrDefault(code)}\n");

        Histogram(text, "edge_answer_latency_seconds", "From receipt of an utterance to its answer.", metrics.Latency);
        Gauge(text, "edge_queue_length", "Utterances that wait for a worker.", queue.Length);
        Gauge(text, "edge_queue_capacity", "Most utterances that wait.", queue.Capacity);
        Gauge(text, "edge_messages_in_flight", "Messages received from the broker and not acknowledged yet.", inFlight.Count);
        Gauge(text, "edge_messages_in_flight_max", "Most of them at once since the start.", inFlight.Highest);
        Gauge(text, "edge_broker_connected", "1 while connected and subscribed.", health.BrokerProblem is null ? 1 : 0);
        Gauge(text, "edge_health_warnings", "Health warnings in force; /readyz lists them.", health.Warnings.Count);
        Head(text, "edge_bundle_info", "gauge", "The bundle that serves.");
        text.Append(CultureInfo.InvariantCulture, $"edge_bundle_info{{bundle=\"{Escape(bundle.Id)}\",precision=\"{bundle.Precision}\"}} 1\n");
        return text.ToString();
    }

    private static void Counter(StringBuilder text, string name, string help, long value) => Single(text, name, "counter", help, value);

    private static void Gauge(StringBuilder text, string name, string help, long value) => Single(text, name, "gauge", help, value);

    private static void Single(StringBuilder text, string name, string type, string help, long value)
    {
        Head(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Histogram(StringBuilder text, string name, string help, LatencyHistogram histogram)
    {
        Head(text, name, "histogram", help);
        var (buckets, sum, count) = histogram.Read();
        foreach (var (bound, below) in buckets)
        {
            var limit = double.IsInfinity(bound) ? "+Inf" : bound.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{limit}\"}} {below}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum {sum}\n{name}_count {count}\n");
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static string Escape(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
