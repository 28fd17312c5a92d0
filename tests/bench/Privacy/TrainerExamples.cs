using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Edge.Bench.Tests.Privacy;

/// <summary>What the examples of the trainer's help need, and how they end soon. Only the time is shorter.</summary>
internal static partial class TrainerExamples
{
    /// <summary>Makes what they name: utterances, and a checkpoint with layers to freeze.</summary>
    public static string[] Preparing { get; } =
    [
        "edge-trainer synth --out data/calls --count 100 --seed 1 --language en",
        "cp data/calls/test.jsonl test.jsonl",
        "edge-trainer pretrain --texts transcripts/ --out models/bert-base-chinese --size 48x6x96 --epochs 1",
    ];

    // What a command makes others take: models before bundles, bundles before what is measured on them.
    private static readonly string[] Order = ["doctor", "synth", "pretrain", "finetune", "distill", "export", "run"];

    /// <summary>Writes the files that no command makes: raw texts, and what a labelling tool exported.</summary>
    public static void Prepare(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "transcripts"));
        File.WriteAllLines(
            Path.Combine(folder, "transcripts", "calls.txt"), Enumerable.Range(0, 60).Select(i => $"please call number {i} now"));
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportECPrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "project-1.json"),
            """
            [{"data":{"text":"EU rejects"},"annotations":[{"result":[
              {"from_name":"label","type":"labels","value":{"start":0,"end":2,"text":"EU","labels":["ORG"]}}]}]}]
            """);
    }

    /// <summary>What one writes the next reads.</summary>
    public static IEnumerable<string> InOrder(IEnumerable<string> examples) =>
        examples.OrderBy(example => Array.FindIndex(Order, name => example.Contains($"edge-trainer {name}", StringComparison.Ordinal)) is
            >= 0 and var place ? place : Order.Length);

    /// <summary>In three seconds instead of minutes. The root's example of run has no budget, and by then its result may stand.</summary>
    public static string Shorter(string example, string folder)
    {
        var line = Minutes().Replace(example, "--budget-minutes 0.05");
        if (!example.StartsWith("edge-trainer run ", StringComparison.Ordinal))
            return line;
        if (line == example)
            line += " --budget-minutes 0.05";
        return Directory.Exists(Path.Combine(folder, "bundles", "first")) ? line + " --force" : line;
    }

    /// <summary>A copy of the first bundle stands beside it, to be compared with.</summary>
    public static void After(string example, string folder)
    {
        var second = Path.Combine(folder, "bundles", "second");
        if (!example.Contains("--out bundles/first", StringComparison.Ordinal) || Directory.Exists(second))
            return;
        Directory.CreateDirectory(second);
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "bundles", "first")))
            File.Copy(file, Path.Combine(second, Path.GetFileName(file)));
    }

    [GeneratedRegex(@"--budget-minutes \d+")]
    private static partial Regex Minutes();
}
