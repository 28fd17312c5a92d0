using System.Diagnostics.Metrics;
using Edge.Appliance.Analysis;
using Edge.Appliance.Answering;
using Edge.Appliance.Health;
using Edge.Appliance.Mqtt;
using Edge.Appliance.UncertainCases;

namespace Edge.Appliance.Http;

/// <summary>What <c>/metrics</c> asks the parts of the service for.</summary>
internal static class ApplianceGauges
{
    /// <summary>Adds the gauges to the instruments, and every code of an error with 0.</summary>
    public static void Register(
        Metrics metrics, AnalysisQueue queue, InFlightMessages inFlight, UncertainCaseQueue cases, HealthState health,
        BundleInService inService)
    {
        foreach (var code in ErrorCodes.All)
            metrics.CountError(code, 0);
        Gauge("edge_queue_length", "Utterances that wait for a worker.", () => queue.Length);
        Gauge("edge_queue_capacity", "Most utterances that wait.", () => queue.Capacity);
        Gauge("edge_messages_in_flight", "Messages received from the broker and not acknowledged yet.", () => inFlight.Count);
        Gauge("edge_messages_in_flight_max", "Most of them at once since the start.", () => inFlight.Highest);
        Gauge("edge_oldest_message_seconds", "How long the oldest of them has been in flight.",
            () => (long)inFlight.OldestAge.TotalSeconds);
        Gauge("edge_last_acknowledgement_seconds", "How long ago a message was last acknowledged; -1 where none has been.",
            () => (long)(inFlight.SinceFinished?.TotalSeconds ?? -1));
        Gauge("edge_uncertain_cases_waiting", "Uncertain cases that wait for the store.", () => cases.Count);
        Gauge("edge_uncertain_cases_waiting_bytes", "Memory that they take, those being written included.", () => cases.Bytes);
        Gauge("edge_broker_connected", "1 while connected and subscribed.", () => health.BrokerProblem is null ? 1 : 0);
        Gauge("edge_health_warnings", "Health warnings in force; /readyz lists them.", () => health.Warnings.Count);
        metrics.Meter.CreateObservableGauge("edge_bundle_info", Serving, description: "The bundle that serves.");

        Measurement<long> Serving()
        {
            var bundle = inService.Current.Bundle;
            return new(1, new("bundle", bundle.Id), new("precision", bundle.Precision));
        }

        void Gauge(string name, string description, Func<long> value) =>
            metrics.Meter.CreateObservableGauge(name, value, description: description);
    }
}
