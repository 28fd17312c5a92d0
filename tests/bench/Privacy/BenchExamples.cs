using Edge.Appliance.Tests.Support;
using Edge.Bench.Tests.Accuracy;

namespace Edge.Bench.Tests.Privacy;

/// <summary>What the examples of edge-bench's help need, and how they end soon.</summary>
internal static class BenchExamples
{
    // Minutes of measuring or of training are no part of what is tested.
    private static readonly Dictionary<string, string> More = new(StringComparer.Ordinal)
    {
        ["edge-bench model"] = " --seconds 1",
        ["edge-bench mqtt"] = " --seconds 1",
        ["edge-bench swap"] = " --seconds 1 --swaps 5",
        ["edge-bench curve"] = " --seconds 1",
        ["edge-bench train"] = " --size nano --steps-per-round 1",
        ["edge-bench accuracy"] = " --trainer ./edge-trainer-script",
    };

    /// <summary>Writes the bundles, data and trainer that they name.</summary>
    public static void Prepare(string folder)
    {
        TinyBundle.Write(At("out/demo/bundle"));
        TinyBundle.WriteWithLayers(At("atis.small"), 1);
        Directory.CreateDirectory(At("new"));
        Directory.CreateSymbolicLink(At("new/bundle"), At("atis.small"));
        foreach (var link in new[] { "old/bundle", "atis.medium" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(link))!);
            Directory.CreateSymbolicLink(At(link), At("out/demo/bundle"));
        }
        foreach (var set in new[] { "data/cais", "data/atis" })
        {
            Directory.CreateDirectory(At(set));
            File.WriteAllText(At(set + "/train.jsonl"), "{}\n");
        }
        TrainerScript.Write(At("edge-trainer-script"));

        string At(string path) => Path.Combine(folder, path);
    }

    /// <summary>Whether an example speaks to a broker.</summary>
    public static bool NeedsBroker(string example) =>
        example.StartsWith("edge-bench mqtt", StringComparison.Ordinal) || example.StartsWith("edge-bench swap", StringComparison.Ordinal);

    /// <summary>The same with less to do.</summary>
    public static string Shorter(string example) => example + More.GetValueOrDefault(string.Join(' ', example.Split(' ').Take(2)), "");
}
