using System.Text.Json;
using System.Text.Json.Nodes;
using Edge.Bundles;
using Edge.Bundles.Common;

namespace Edge.Bench.Curve;

/// <summary>A shape of student: what it knows, and what an answer of it costs.</summary>
/// <param name="Shape">Width, layers and feed-forward width, as <c>edge-trainer run --student-size</c> takes them, <c>256x2x1024</c>, and
/// the activation where it is not Gelu.</param>
/// <param name="Bundles">Bundles of that shape, such as several seeds.</param>
/// <param name="Accuracy">Their mean share of test utterances with every head right, 8 bits, 0 to 1.</param>
/// <param name="Milliseconds">Median from text to answer, 16 characters.</param>
internal sealed record ShapePoint(string Shape, IReadOnlyList<string> Bundles, double Accuracy, double Milliseconds)
{
    /// <summary>What counts as no worse: half a point.</summary>
    public const double Alike = 0.005;

    /// <summary>Points that no other one beats in both, from the fastest to the best.</summary>
    public static IReadOnlyList<ShapePoint> Frontier(IEnumerable<ShapePoint> points)
    {
        var frontier = new List<ShapePoint>();
        foreach (var point in points.OrderBy(point => point.Milliseconds).ThenByDescending(point => point.Accuracy))
        {
            if (frontier.Count == 0 || point.Accuracy > frontier[^1].Accuracy)
                frontier.Add(point);
        }
        return frontier;
    }

    /// <summary>The fastest point whose accuracy is within <see cref="Alike"/> of the best.</summary>
    public static ShapePoint Knee(IReadOnlyCollection<ShapePoint> points)
    {
        var best = points.Max(point => point.Accuracy);
        return points.Where(point => point.Accuracy >= best - Alike).MinBy(point => point.Milliseconds)!;
    }

    /// <summary>Groups bundles by shape; each has no time yet.</summary>
    /// <exception cref="UserException">A folder is no bundle with figures.</exception>
    public static IReadOnlyList<ShapePoint> Read(IReadOnlyList<string> folders) =>
    [
        .. folders.Select(folder => (Folder: folder, Student: ReadStudent(folder))).GroupBy(bundle => bundle.Student.Shape)
            .Select(shape =>
                new ShapePoint(
                    shape.Key, [.. shape.Select(bundle => bundle.Folder)], shape.Average(bundle => bundle.Student.Accuracy), double.NaN)),
    ];

    private static (string Shape, double Accuracy) ReadStudent(string folder)
    {
        try
        {
            var (config, manifest) = (Json("config.json"), Json(BundleFiles.Manifest));
            return (
                string.Join(
                    'x', new[] { "hidden_size", "num_hidden_layers", "intermediate_size" }.Select(name => Number<int>(config, name)))
                    + (config?["hidden_act"]?.GetValue<string>() is { } activation and not "gelu" ? $" {activation}" : ""),
                Number<double>(manifest, "precisions", Precision.Int8, "metrics", "sentenceAccuracy"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
            or FormatException)
        {
            throw new UserException(
                ExitCode.BadInput, $"{folder}: {problem.Message} Name folders of bundles that edge-trainer run wrote.", problem);
        }

        JsonNode? Json(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, name)));
    }

    private static T Number<T>(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            node = node?[name];
        return node is null ? throw new FormatException($"{string.Join('.', path)} is missing.") : node.GetValue<T>();
    }
}
