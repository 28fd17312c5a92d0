using System.Diagnostics;
using Edge.Appliance.Tests.Support;
using Edge.Bench.Mqtt;
using Edge.Bench.Tests.Accuracy;
using Edge.Tests.Support;

namespace Edge.Bench.Tests.Documentation;

/// <summary>
/// What <c>--help</c> shows works, in a folder that has what it names. Places of an installed box, and its broker, are replaced by the
/// test's own.
/// </summary>
public sealed class HelpExamplesTests : IDisposable
{
    // Minutes of measuring or of training are no part of what is tested.
    private static readonly Dictionary<string, string> Shorter = new(StringComparer.Ordinal)
    {
        ["edge-bench model"] = " --seconds 1",
        ["edge-bench mqtt"] = " --seconds 1",
        ["edge-bench curve"] = " --seconds 1",
        ["edge-bench train"] = " --size nano --steps-per-round 1",
        ["edge-bench accuracy"] = " --trainer ./edge-trainer-script",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-examples-");

    public HelpExamplesTests()
    {
        TinyBundle.Write(At("out/demo/bundle"));
        TinyBundle.WriteWithLayers(At("atis.small"), 1);
        foreach (var link in new[] { "old/bundle", "new/bundle", "bundles/demo", "bundle", "atis.medium" })
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
        File.WriteAllText(At("appliance.json"), """{ "Bundle": "bundles/demo" }""");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Bench_ExamplesOfItsHelp_Run()
    {
        MosquittoBroker.SkipUnlessInstalled();
        Assert.SkipUnless((await Programs.RunAsync("/usr/bin/python3", "-c", "import torch")).Code == 0, "python3-torch is not installed");
        using var appliance = new PrivateAppliance(At("out/demo/bundle"));
        var examples = await HelpExamples.ReadAsync(Path.Combine(AppContext.BaseDirectory, "edge-bench"));
        Assert.True(examples.Count >= 8);

        foreach (var example in examples)
        {
            var shorter = Shorter.GetValueOrDefault(string.Join(' ', example.Split(' ').Take(2)), "");
            var (code, _, errors) = await HelpExamples.RunAsync(
                example.Replace("127.0.0.1:1883", $"{appliance.Broker}", StringComparison.Ordinal) + shorter, _folder.FullName);
            // A busy machine may be over a budget; that is an answer as well.
            Assert.True(code == 0 || (code == 1 && example.Contains("--budget-ms", StringComparison.Ordinal)),
                $"{example}{shorter} ended with {code}: {errors}");
        }
    }

    [Fact]
    public async Task Appliance_ExamplesOfItsHelp_Run()
    {
        MosquittoBroker.SkipUnlessInstalled();
        using var appliance = new PrivateAppliance(At("out/demo/bundle"));
        var examples = await HelpExamples.ReadAsync(Path.Combine(AppContext.BaseDirectory, "edge-appliance"));
        Assert.True(examples.Count >= 4);

        foreach (var example in examples)
        {
            var here = example
                .Replace("127.0.0.1:1883", $"{appliance.Broker}", StringComparison.Ordinal)
                .Replace("Mqtt:Host=broker.example", $"Mqtt:Host={appliance.Broker.Host} --set Mqtt:Port={appliance.Broker.Port}",
                    StringComparison.Ordinal)
                .Replace("/var/lib/edge/current", At("bundles/demo"), StringComparison.Ordinal)
                .Replace("/etc/edge/appliance.json", At("appliance.json"), StringComparison.Ordinal);
            if (example.StartsWith("edge-appliance serve", StringComparison.Ordinal))
            {
                await ServeAsync(here);
                continue;
            }
            var (code, _, errors) = await HelpExamples.RunAsync(here, _folder.FullName);
            Assert.True(code == 0, $"{here} ended with {code}: {errors}");
        }
    }

    private async Task ServeAsync(string example)
    {
        var start = HelpExamples.Shell("exec " + example, _folder.FullName);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var said = "";
        while (!said.Contains(" serves bundle ", StringComparison.Ordinal))
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.True(line is not null, $"{example} never served: {said}");
            said += line;
        }
        using (var kill = Process.Start("kill", [$"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
