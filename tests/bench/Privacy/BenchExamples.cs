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
        ["edge-bench curve"] = " --seconds 1",
        ["edge-bench train"] = " --size nano --steps-per-round 1",
        ["edge-bench accuracy"] = " --trainer ./edge-trainer-script",
    };

    /// <summary>Writes the bundles, data and trainer that they name.</summary>
    public static void Prepare(string folder)
    {
        TinyBundle.Write(At("out/demo/bundle"));
        TinyBundle.WriteWithLayers(At("atis.small"), 1);
        foreach (var link in new[] { "old/bundle", "new/bundle", "atis.medium" })
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

    /// <summary>The same with less to do.</summary>
    public static string Shorter(string example) => example + More.GetValueOrDefault(string.Join(' ', example.Split(' ').Take(2)), "");
}
