using System.Text.Json.Nodes;

namespace Edge.Bundles;

/// <summary>One precision of the student in a bundle.</summary>
public sealed record PrecisionEntry
{
    /// <summary>Its ONNX file, a name in <see cref="BundleManifest.Files"/>.</summary>
    public required string File { get; init; }

    /// <summary>Calibration temperature of each head, &gt; 0; a head without one has 1.</summary>
    public IReadOnlyDictionary<string, float> Temperatures { get; init; } = new Dictionary<string, float>();

    /// <summary>
    /// Confidence, 0 to 1, from which on an answer of the head is accepted; below it the utterance is an uncertain case. A head
    /// without one has 0: all its answers are accepted.
    /// </summary>
    public IReadOnlyDictionary<string, float> Thresholds { get; init; } = new Dictionary<string, float>();

    /// <summary>How it tells what is out of scope; <c>null</c> where the task has no head for it, and in bundles from before.</summary>
    public OutOfScopeEntry? OutOfScope { get; init; }

    /// <summary>What was measured on the test split, in the form that <c>edge-trainer evaluate --json</c> prints.</summary>
    public JsonObject? Metrics { get; init; }

    /// <summary>Temperature of a head.</summary>
    public float TemperatureOf(string head) => Temperatures.GetValueOrDefault(head, 1);

    /// <summary>Threshold of a head.</summary>
    public float ThresholdOf(string head) => Thresholds.GetValueOrDefault(head, 0);
}
