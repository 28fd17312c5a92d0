using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundles;

/// <summary>What a bundle is and holds (<c>manifest.json</c>; docs/reference/bundle.md).</summary>
public sealed record BundleManifest
{
    /// <summary>The schema that this version writes.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>The oldest schema that this version reads: bundles of it have no <see cref="BundleFiles.ManifestHash"/>.</summary>
    internal const int OldestSchemaVersion = 1;

    /// <summary>Version of the manifest's schema.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>
    /// Name of the bundle: time of creation (UTC) and the first 8 digits of the SHA-256 of its file hashes, for example
    /// <c>20261122T031500Z-5f2c91ab</c>. Sorts by age. Filled in by <see cref="BundleWriter"/>.
    /// </summary>
    public string Id { get; init; } = "";

    /// <summary>Id of the bundle whose student this one continued from, where there is one.</summary>
    public string? ParentId { get; init; }

    /// <summary>Time of creation. Filled in by <see cref="BundleWriter"/>.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The task with its final labels.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>Settings of the tokenizer; its vocabulary is <see cref="BundleFiles.Vocabulary"/>.</summary>
    public required TokenizerSettings Tokenizer { get; init; }

    /// <summary>
    /// SHA-256 (64 lower-case hexadecimal digits) of every file of the bundle but the manifest, by name. Filled in by
    /// <see cref="BundleWriter"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The precisions of the student, by the names of <see cref="Precision"/>.</summary>
    public required IReadOnlyDictionary<string, PrecisionEntry> Precisions { get; init; }

    /// <summary>What it was trained on.</summary>
    public TrainingDataInfo? TrainingData { get; init; }
}
