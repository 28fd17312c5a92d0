using System.Diagnostics;
using System.Net;
using Edge.Bench.Tests.Comparison;
using Edge.Tests.Support;

namespace Edge.Bench.Tests.Privacy;

/// <summary>
/// The product's first promise, seen from outside: whatever command is run, no name is asked for, no packet goes anywhere but to the
/// broker and the HTTP endpoint that were named, and no file is left outside the folders that were given.
/// </summary>
public sealed class NothingLeavesTests : IClassFixture<SealedSite>
{
    private const int Tcp = 6;
    private readonly SealedSite _site;

    public NothingLeavesTests(SealedSite site) => _site = site;

    // In this order: what one writes the next reads.
    internal static readonly (string Program, string[] Arguments)[] Commands =
    [
        ("edge-trainer", ["synth", "--out", "data", "--count", "300", "--seed", "1"]),
        ("edge-trainer",
            ["run", "--data", "data", "--out", "bundle", "--epochs", "0,1,1", "--student-size", "32x1x64", "--threads", "1",
                "--tensorboard", "events"]),
        ("edge-trainer", ["evaluate", "--bundle", "bundle", "--data", "data/test.jsonl", "--report", "report.html"]),
        ("edge-appliance", ["analyze", "我要退款", "--bundle", "bundle"]),
        ("edge-appliance", ["--version"]),
    ];

    [Fact]
    public async Task SealedBox_WhatAProgramSendsAndWrites_IsSeen()
    {
        var box = _site.Box();

        await box.RunAsync("bash", "-c",
            "echo >$HOME/left; getent ahostsv4 telemetry.example; echo >/dev/udp/192.0.2.77/4444; echo >/dev/udp/127.0.0.1/4445");

        var traces = box.TakeTraces();
        Assert.Contains("telemetry.example", traces.Names);
        Assert.Contains(traces.Packets, packet => packet.Destination.Equals(new IPEndPoint(IPAddress.Parse("192.0.2.77"), 4444)));
        Assert.Contains(traces.Packets, packet => packet.Destination.Equals(new IPEndPoint(IPAddress.Loopback, 4445)));
        Assert.EndsWith("/left", Assert.Single(traces.Written), StringComparison.Ordinal);
        await box.RunAsync("bash", "-c", "rm $HOME/left");
        box.TakeTraces(); // the name server's ICMP about the closed port
    }

    [Theory]
    [InlineData("0", true)] // a user's wish
    [InlineData("", false)]
    [InlineData("1", false)]
    public async Task Telemetry_OnlyWhereTheUserSetsTheVariableToZero_IsOn(string value, bool on)
    {
        var box = _site.Box();

        var result = await box.RunAsync(
            "env", $"ORT_DISABLE_TELEMETRY={value}", Programs.Of("edge-appliance"), "analyze", "我要退款", "--bundle", "bundle");

        Assert.True(result.Code == 0, result.All);
        Assert.Equal(on, box.TakeTraces().Written.Any(file => file.Contains("onnxruntime", StringComparison.Ordinal)));
        await box.RunAsync("bash", "-c", "rm -rf $HOME/.cache /tmp/.ses*");
        box.TakeTraces();
    }

    [Fact]
    public async Task Commands_InASealedBox_SendNothingAndLeaveNoFile()
    {
        var box = _site.Box();
        // What made the data and the bundle of these tests is among them.
        Assert.All(Deeds(_site.TracesOfMaking!, []), deed => Assert.Fail($"edge-trainer synth or run {deed}"));

        foreach (var (program, arguments) in Commands.Skip(SealedSite.Making))
            await RunAsync(box, $"{program} {string.Join(' ', arguments)}", _ => false);
    }

    [Fact]
    public async Task TrainerExamplesOfItsHelp_InASealedBox_Work_SendNothingAndLeaveNoFile()
    {
        var box = _site.Box();
        TrainerExamples.Prepare(box.Given);
        await box.RunAsync("bash", "-c", string.Join(" && ", TrainerExamples.Preparing.Select(line => PathOf(line))));
        var examples = await HelpExamples.ReadAsync(Programs.Of("edge-trainer"));
        Assert.InRange(examples.Count, 14, 100);
        box.TakeTraces();

        foreach (var example in TrainerExamples.InOrder(examples))
        {
            await RunAsync(box, TrainerExamples.Shorter(example, box.Given), _ => false);
            TrainerExamples.After(example, box.Given);
        }
    }

    [Fact]
    public async Task BenchExamplesOfItsHelp_InASealedBox_Work_SendNothingAndLeaveNoFile()
    {
        Assert.SkipUnless((await Programs.RunAsync("/usr/bin/python3", "-c", "import torch")).Code == 0, "python3-torch is not installed");
        var box = _site.Box();
        BenchExamples.Prepare(box.Given);
        var examples = await HelpExamples.ReadAsync(Programs.Of("edge-bench"));
        Assert.True(examples.Count >= 8);

        // Those with a broker are HelpExamplesTests'.
        foreach (var example in examples.Where(example => !BenchExamples.NeedsBroker(example)))
        {
            // A busy machine may be over a budget, and a few steps may be too few to judge memory by; that is an answer as well.
            await RunAsync(box, BenchExamples.Shorter(example), mayRefuse: line =>
                line.Contains("--budget-ms", StringComparison.Ordinal) || line.StartsWith("edge-bench train", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Serve_FromStartToEnd_SpeaksToItsBrokerAndItsEndpointOnly()
    {
        MosquittoBroker.SkipUnlessInstalled();
        var box = _site.Box();
        File.WriteAllText(Path.Combine(box.Given, "mosquitto.conf"), "listener 1883 127.0.0.1\nallow_anonymous true\nuser root\n");
        using var broker = box.Start(MosquittoBroker.Executable!, "-c", "mosquitto.conf");
        await LineAsync(broker.StandardError, " running");
        using var serve = box.Start(
            Programs.Of("edge-appliance"), "serve", "--bundle", "bundle", "--set", "Http:Port=8080", "--set",
            "UncertainCases:File=cases.db");
        await LineAsync(serve.StandardOutput, " serves bundle ");

        var asked = await box.RunAsync(Programs.Of("edge-appliance"), "ask", "--broker", "127.0.0.1:1883", "我要退款");
        var metrics = await box.RunAsync(
            "bash", "-c",
            "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /metrics HTTP/1.1\\r\\nHost: 127.0.0.1:8080\\r\\nConnection: " +
            "close\\r\\n\\r\\n' >&3; head -n 1 <&3");
        using (var kill = Process.Start("kill", ["-TERM", $"{serve.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var served = await SealedBox.EndOfAsync(serve);
        broker.Kill();

        Assert.True(asked.Code == 0, asked.All);
        Assert.Contains("200", metrics.Output, StringComparison.Ordinal);
        Assert.True(served.Code == 0, served.All);
        Assert.All(Deeds(box.TakeTraces(), [1883, 8080]), deed => Assert.Fail($"edge-appliance serve {deed}"));
    }

    [Fact]
    public async Task BenchMqtt_WithABrokerOfItsOwn_StaysOnLoopback()
    {
        MosquittoBroker.SkipUnlessInstalled();
        var box = _site.Box();

        var result = await box.RunAsync(
            Programs.Of("edge-bench"), "mqtt", "--bundle", Path.Combine(box.Given, "bundle"), "--rate", "20", "--seconds", "1");

        Assert.True(result.Code == 0, result.All);
        var traces = box.TakeTraces();
        Assert.All(traces.Packets,
            packet => Assert.True(packet.Protocol == Tcp && IPAddress.IsLoopback(packet.Destination.Address), $"sent {packet}"));
        Assert.Empty(traces.Names);
        Assert.Empty(traces.Written);
    }

    [Fact]
    public async Task CompareWithNodeJs_InASealedBox_SendsNothing()
    {
        ComparisonTests.SkipWithout("onnxruntime-node");
        ComparisonTests.SkipWithout("@huggingface/transformers");
        var box = _site.Box();

        var result = await box.RunAsync(
            Programs.Of("edge-bench"), "model", "--seconds", "1", "--compare", "bundle", "bundle,runner=onnxruntime-node",
            "bundle,runner=transformers");

        Assert.True(result.Code == 0, result.All);
        Assert.All(Deeds(box.TakeTraces(), []), deed => Assert.Fail($"edge-bench model --compare {deed}"));
    }

    [Fact]
    public async Task EveryProgram_WithAnEmptyHome_LeavesItEmpty()
    {
        var folder = Directory.CreateTempSubdirectory("edge-home-");
        try
        {
            var home = folder.CreateSubdirectory("home");
            var commands =
                Commands.Where(command => command.Arguments[0] is "synth" or "run" or "analyze");

            foreach (var (program, arguments) in commands)
            {
                var start = new ProcessStartInfo(Programs.Of(program), arguments) { WorkingDirectory = folder.FullName };
                foreach (var variable in start.Environment.Keys
                    .Where(name => name is "CI" or "TF_BUILD" or "GITHUB_ACTIONS" or "ORT_DISABLE_TELEMETRY").ToList())
                    start.Environment.Remove(variable);
                foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("XDG_", StringComparison.Ordinal)).ToList())
                    start.Environment.Remove(variable);
                start.Environment["HOME"] = home.FullName;
                var result = await Programs.RunAsync(start);
                Assert.True(result.Code == 0, $"{program} {string.Join(' ', arguments)} ended with {result.Code}:\n{result.All}");
            }

            Assert.Empty(Directory.EnumerateFileSystemEntries(home.FullName, "*", SearchOption.AllDirectories));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(SealedBox box, string line, Predicate<string> mayRefuse)
    {
        var result = await box.RunAsync("bash", "-c", PathOf(line));
        Assert.True(result.Code == 0 || (result.Code == 1 && mayRefuse(line)), $"{line} ended with {result.Code}:\n{result.All}");
        Assert.All(Deeds(box.TakeTraces(), []), deed => Assert.Fail($"{line} {deed}"));
    }

    private static string PathOf(string line) => $"PATH={AppContext.BaseDirectory}:$PATH; {line}";

    private static IEnumerable<string> Deeds(SealedBox.Traces traces, int[] ports) =>
    [
        .. traces.Names.Select(name => $"asked for the name {name}"),
        .. traces.Packets.Where(packet => !Allowed(packet, ports)).Select(packet => $"sent {packet}"),
        .. traces.Written.Select(file => $"left {file}"),
    ];

    private static bool Allowed(SealedBox.Packet packet, int[] ports) =>
        packet.Protocol == Tcp && IPAddress.IsLoopback(packet.Destination.Address)
        && (ports.Contains(packet.Destination.Port) || ports.Contains(packet.Source));

    private static async Task LineAsync(StreamReader reader, string part)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"the program ended without a line with '{part}'");
    }
}
