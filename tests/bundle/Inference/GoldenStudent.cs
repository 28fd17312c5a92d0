using System.Text.Json;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundles.Tests.Inference;

/// <summary>tests/golden/student: a small student as the exporters wrote it, every kind of head, and what it must answer.</summary>
internal static class GoldenStudent
{
    private static readonly string _folder = Folder();
    private static readonly Content _content =
        JsonSerializer.Deserialize<Content>(File.ReadAllText(Path.Combine(_folder, "student.json")), TaskFile.Json)!;

    public const int MaxPositions = 20;

    public static string Fp32 => Path.Combine(_folder, "model.fp32.onnx");

    public static string Int8 => Path.Combine(_folder, "model.int8.onnx");

    public static IReadOnlyList<HeadDefinition> Heads => _content.Task.Heads;

    public static IReadOnlyList<Utterance> Utterances => _content.Utterances;

    public static StudentSession Open(string precision = "fp32", StudentSessionOptions? options = null) =>
        StudentSession.Open(precision == "fp32" ? Fp32 : Int8, Heads, options);

    public static EncodedUtterance Encoded(int[] ids, int[] types) => new()
    {
        Ids = ids, TypeIds = types, Offsets = new SourceSpan[ids.Length], TextStart = 0, TextCount = ids.Length, Truncated = false,
    };

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Edge.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository.");
        return Path.Combine(folder.FullName, "tests", "golden", "student");
    }

    public sealed record Utterance(int[] Ids, int[] Types, Dictionary<string, float[]> Logits)
    {
        public EncodedUtterance Encoded => GoldenStudent.Encoded(Ids, Types);
    }

    private sealed record Content(TaskDefinition Task, Utterance[] Utterances);
}
