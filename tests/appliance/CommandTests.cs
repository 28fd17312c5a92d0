using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Edge.Appliance.Tests.Support;

namespace Edge.Appliance.Tests;

public sealed class CommandTests(SharedBundles bundles) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Version_NamesThePackagesByTheirAssemblies()
    {
        var (exitCode, output) = await ApplianceProcess.RunAsync("--version");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("edge-appliance ", output, StringComparison.Ordinal);
        foreach (var package in new[]
        {
            "Microsoft.ML.OnnxRuntime", "MQTTnet", "Microsoft.Extensions.Hosting.Systemd",
            "Microsoft.Data.Sqlite"
        })
            Assert.Contains(package, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("analyze")]
    [InlineData("ask")]
    [InlineData("check")]
    public async Task Help_HasAnExample(string command)
    {
        var (exitCode, output) = await ApplianceProcess.RunAsync(command, "--help");

        Assert.Equal(0, exitCode);
        Assert.Contains($"Example:\n  edge-appliance {command} ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sreve")]
    [InlineData("analyze")]
    [InlineData("serve", "--set", "Port")]
    [InlineData("analyze", " ", "--bundle", "/")]
    public async Task BadUsage_ExitsWithTwo(params string[] arguments) =>
        Assert.Equal(2, (await ApplianceProcess.RunAsync(arguments)).ExitCode);

    [Fact]
    public async Task Analyze_PrintsTheAnswerForPeople_OrAsJson()
    {
        var (exitCode, people) = await ApplianceProcess.RunAsync("analyze", "帮我查一下订单u2942", "--bundle", bundles.Certain);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("帮我查一下订单u2942\n", people, StringComparison.Ordinal);
        Assert.Contains("intent", people, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", people, StringComparison.Ordinal); // not a terminal

        var (_, json) = await ApplianceProcess.RunAsync("analyze", "帮我查一下订单u2942", "--bundle", bundles.Certain, "--json");
        Assert.Equal(bundles.CertainId, JsonElement.Parse(json).GetProperty("bundle").GetString());
    }

    [Fact]
    public async Task Analyze_WithoutBundle_SaysHowToTrainOne()
    {
        var (exitCode, output) = await ApplianceProcess.RunAsync("analyze", "你好", "--bundle", _folder["none"]);

        Assert.Equal(2, exitCode);
        Assert.Contains("edge-trainer run --data DIR --out DIR", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BundleOfTheEnvironment_IsUsed()
    {
        await using var appliance = ApplianceProcess.Start(["check"], new Dictionary<string, string> { ["EDGE_BUNDLE"] = bundles.Certain });

        Assert.Equal(0, await appliance.WaitForExitAsync());
        Assert.Contains(bundles.CertainId, appliance.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.int8.onnx")]
    [InlineData("vocab.txt")]
    public async Task DamagedBundle_IsRefused(string file)
    {
        var damaged = _folder["damaged"];
        TinyBundle.Write(damaged);
        var content = File.ReadAllBytes(Path.Combine(damaged, file));
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(Path.Combine(damaged, file), content);

        var (served, output) = await ApplianceProcess.RunAsync("serve", "--bundle", damaged, "--set", "Http:Port=0");
        Assert.Equal(2, served);
        Assert.Contains(file, output, StringComparison.Ordinal);
        Assert.Equal(1, (await ApplianceProcess.RunAsync("check", "--bundle", damaged)).ExitCode);
    }

    [Fact]
    public async Task GoldenUtterances_DecideWhetherABundleServes()
    {
        var (_, answer) = await ApplianceProcess.RunAsync("analyze", "我要退款", "--bundle", bundles.Certain, "--json");
        var intent = JsonElement.Parse(answer).GetProperty("intent").GetString();
        TinyBundle.Write(_folder["right"], golden: $$"""{"text":"我要退款","intent":"{{intent}}"}""");
        TinyBundle.Write(_folder["wrong"],
            golden: $$"""{"text":"我要退款","intent":"{{TinyBundle.Task.Heads[1].Labels.First(label => label != intent)}}"}""");

        var right = await ApplianceProcess.RunAsync("check", "--bundle", _folder["right"]);
        Assert.Equal(0, right.ExitCode);
        Assert.Contains("golden         ok  1 utterances", right.Output, StringComparison.Ordinal);
        Assert.Contains("max_queued_messages", right.Output, StringComparison.Ordinal);
        var wrong = await ApplianceProcess.RunAsync("check", "--bundle", _folder["wrong"]);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains($"line 1: intent is \"{intent}\"", wrong.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ApplianceProcess.RunAsync("serve", "--bundle", _folder["wrong"], "--set", "Http:Port=0")).ExitCode);
    }

    [Fact]
    public async Task PortInUse_ExitsWithThree_AndSaysWhich()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var (exitCode, output) = await ApplianceProcess.RunAsync(
            "serve", "--bundle", bundles.Certain, "--set", $"Http:Port={port}", "--set", "Mqtt:Enabled=false", "--set",
            $"UncertainCases:File={_folder["u.db"]}");

        Assert.Equal(3, exitCode);
        Assert.Contains($"127.0.0.1:{port} is in use by another program", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreThatCannotBeOpened_ExitsWithThree()
    {
        var (exitCode, output) = await ApplianceProcess.RunAsync(
            "serve", "--bundle", bundles.Certain, "--set", $"UncertainCases:File={_folder.Write("file", "")}/u.db");

        Assert.Equal(3, exitCode);
        Assert.Contains("the store of uncertain cases cannot be opened", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadOptions_AreListedTogether_AndExitWithTwo()
    {
        var file = _folder.Write("appliance.json", """{"Analysis":{"Workers":0},"Mqtt":{"Hots":"broker"}}""");

        var (exitCode, output) = await ApplianceProcess.RunAsync("serve", "--config", file, "--set", "Http:Address=0.0.0.0");

        Assert.Equal(2, exitCode);
        Assert.Contains($"{file}: Analysis:Workers is 0; use 1 to 64", output, StringComparison.Ordinal);
        Assert.Contains($"{file}: Mqtt:Hots is unknown; did you mean Mqtt:Host?", output, StringComparison.Ordinal);
        Assert.Contains("--set: Http:Address is 0.0.0.0; use a loopback address", output, StringComparison.Ordinal);
    }
}
