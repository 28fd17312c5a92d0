using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.DataCheck;
using Edge.Trainer.Training.History;

namespace Edge.Trainer.Reporting.Content;

/// <summary>What a bundle keeps of the run that made it (<c>run.json</c>): for the report, and for comparing runs.</summary>
internal sealed record RunRecord
{
    /// <summary>Name of the file in a bundle.</summary>
    public const string File = "run.json";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Seed of the run.</summary>
    public int Seed { get; init; }

    /// <summary>Wall time from the start to the writing of the bundle, in minutes.</summary>
    public double Minutes { get; init; }

    /// <summary>
    /// The teachers' averaged answers on the test split, in the form of <c>evaluate --json</c>; absent without a teacher.
    /// </summary>
    public JsonObject? Teacher { get; init; }

    /// <summary>Figures of the INT8 student on the stress sets made of the test split, by kind, in the same form.</summary>
    public IReadOnlyDictionary<string, JsonObject> Stress { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>How often each label is in the training split, by head.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> TrainingLabels { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, int>>();

    /// <summary>
    /// What was tried so that 8-bit integers lose little, what it gave, and which heads lose more than is allowed on test; empty where
    /// there is nothing to say.
    /// </summary>
    public IReadOnlyList<string> Quantization { get; init; } = [];

    /// <summary>
    /// Largest difference of a logit between the single-precision file and the trained student, by head; at most 1e-4 where the logit is of
    /// usual size.
    /// </summary>
    public IReadOnlyDictionary<string, double> Parity { get; init; } = new Dictionary<string, double>();

    /// <summary>The phases' curves.</summary>
    public IReadOnlyList<PhaseRecord> Phases { get; init; } = [];

    /// <summary>Takes what a run did.</summary>
    public static RunRecord Of(TrainingHistory history, TaskDefinition task, IReadOnlyList<LabelledUtterance> train) => new()
    {
        Seed = history.Seed,
        Minutes = Math.Round(history.Elapsed().TotalMinutes, 2),
        Teacher = history.Teacher?.ToJson(),
        TrainingLabels = task.Heads.ToDictionary(
            head => head.Name,
            head => (IReadOnlyDictionary<string, int>)HeadFigures.Of(head, [train]).Labels.ToDictionary(
                label => label.Label, label => label.Counts[0])),
        Quantization = [.. history.Quantization],
        Parity = history.Parity,
        Phases = [.. history.Phases.Select(PhaseRecord.Of)],
    };

    /// <summary>Writes the record.</summary>
    public void Write(string path) => System.IO.File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>The record of a bundle; <c>null</c> where it has none.</summary>
    public static RunRecord? Read(OpenedBundle bundle)
    {
        if (!bundle.Has(File))
            return null;
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(System.IO.File.ReadAllText(bundle.PathOf(File)), Json);
        }
        catch (JsonException problem)
        {
            throw new BundleException($"{bundle.PathOf(File)}: this is no record of a run: {problem.Message}", problem);
        }
    }
}
