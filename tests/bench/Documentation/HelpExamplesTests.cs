using System.Diagnostics;
using Edge.Bench.Mqtt;
using Edge.Bench.Tests.Privacy;
using Edge.Tests.Support;

namespace Edge.Bench.Tests.Documentation;

/// <summary>
/// What <c>--help</c> shows with a broker works, in a folder that has what it names. Places of an installed box, and its broker, are
/// replaced by the test's own. The other examples are run in a sealed box (<see cref="NothingLeavesTests"/>).
/// </summary>
public sealed class HelpExamplesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-examples-");

    public HelpExamplesTests()
    {
        BenchExamples.Prepare(_folder.FullName);
        Directory.CreateDirectory(At("bundles"));
        Directory.CreateSymbolicLink(At("bundles/demo"), At("out/demo/bundle"));
        Directory.CreateSymbolicLink(At("bundle"), At("out/demo/bundle"));
        Directory.CreateSymbolicLink(At("bundles/candidate"), At("atis.small"));
        File.WriteAllText(At("appliance.json"), """{ "Bundle": "bundles/demo" }""");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task BenchWithBroker_ExamplesOfItsHelp_Run()
    {
        MosquittoBroker.SkipUnlessInstalled();
        using var appliance = new PrivateAppliance(At("out/demo/bundle"));
        var examples = await HelpExamples.ReadAsync(Path.Combine(AppContext.BaseDirectory, "edge-bench"));

        foreach (var example in examples.Where(BenchExamples.NeedsBroker))
        {
            var line = BenchExamples.Shorter(example.Replace("127.0.0.1:1883", $"{appliance.Broker}", StringComparison.Ordinal));
            var (code, _, errors) = await HelpExamples.RunAsync(line, _folder.FullName);
            // A busy machine may be over a budget; that is an answer as well.
            Assert.True(code == 0 || (code == 1 && example.Contains("--budget-ms", StringComparison.Ordinal)),
                $"{line} ended with {code}: {errors}");
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
            if (example.StartsWith("edge-appliance reload", StringComparison.Ordinal))
                here += $" --set Http:Port={appliance.HttpPort}";
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
