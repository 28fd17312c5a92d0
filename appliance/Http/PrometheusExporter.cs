using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Prometheus;
using Metrics = Edge.Appliance.Health.Metrics;

namespace Edge.Appliance.Http;

/// <summary>
/// Shows the appliance's instruments as prometheus-net's metrics. Not through its MeterAdapter: that one shows counters as gauges
/// and forgets a series after five quiet minutes.
/// </summary>
internal sealed class PrometheusExporter : IDisposable
{
    /// <summary>The content type that the format prescribes.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly MetricFactory _factory;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Collector> _labelled = new();

    /// <summary>Listens to the instruments that are there, and to those that come.</summary>
    public PrometheusExporter(Metrics metrics)
    {
        _factory = Prometheus.Metrics.WithCustomRegistry(_registry);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter))
                listener.EnableMeasurementEvents(instrument, instrument.IsObservable ? null : Create(instrument));
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, series) => Record(instrument, value, tags, series));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, series) => Record(instrument, value, tags, series));
        _listener.Start();
        _registry.AddBeforeCollectCallback(_listener.RecordObservableInstruments);
    }

    /// <summary>Writes all metrics in the Prometheus text format 0.0.4.</summary>
    public Task WriteAsync(Stream output, CancellationToken cancellation) => _registry.CollectAndExportAsTextAsync(output, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    // Counters and histograms, which others wait for while they count, come with the series that they belong to: no look-up, no new memory.
    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? series)
    {
        switch (series)
        {
            case Counter counter:
                counter.Inc(value);
                break;
            case Histogram histogram:
                histogram.Observe(value);
                break;
            default:
                Observe(instrument, value, [.. tags.ToArray().Select(tag => tag.Key)], [.. tags.ToArray().Select(tag => $"{tag.Value}")]);
                break;
        }
    }

    private void Observe(Instrument instrument, double value, string[] labels, string[] values)
    {
        switch (_labelled.GetOrAdd(instrument, _ => Create(instrument, labels)))
        {
            case Counter counter:
                counter.WithLabels(values).IncTo(value);
                break;
            case Gauge gauge:
                gauge.WithLabels(values).Set(value);
                break;
        }
    }

    private Collector Create(Instrument instrument, params string[] labels) => instrument switch
    {
        Counter<long> or ObservableCounter<long> => _factory.CreateCounter(instrument.Name, Help(instrument), labels),
        Histogram<double> histogram => _factory.CreateHistogram(instrument.Name, Help(instrument), labels, new HistogramConfiguration
        {
            Buckets = [.. histogram.Advice!.HistogramBucketBoundaries!],
        }),
        ObservableGauge<long> => _factory.CreateGauge(instrument.Name, Help(instrument), labels),
        _ => throw new NotSupportedException($"{instrument.Name} is a {instrument.GetType().Name}, which is not exported."),
    };

    private static string Help(Instrument instrument) => instrument.Description ?? "";
}
