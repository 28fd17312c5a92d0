using System.Diagnostics;
using System.Text.Json;
using Edge.Appliance.Tests.Support;
using Edge.Bench.Commands;
using Edge.Bench.Comparison;
using Edge.Bench.Model;

namespace Edge.Bench.Tests.Comparison;

public sealed class ComparisonTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-compare-");
    private readonly string _bundle;

    public ComparisonTests()
    {
        _bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(_bundle);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Compare_ThreeSides_TakeTurnsInProcessesOfTheirOwn()
    {
        var (code, output, errors) = await Programs.BenchAsync(
            "model", "--compare", $"{_bundle},precision=fp32", $"{_bundle},precision=int8,threads=2,spinning=true",
            $"{_bundle},what=model,prepacking=false", "--seconds", "1", "--json");

        Assert.True(code == 0, errors);
        var report = JsonElement.Parse(output).GetProperty("report");
        var sides = report.GetProperty("sides").EnumerateArray().ToArray();
        Assert.Equal(["fp32", "int8", "int8"], sides.Select(side => side.GetProperty("ready").GetProperty("precision").GetString()!));
        Assert.All(sides, side => Assert.InRange(side.GetProperty("residentMegabytes").GetDouble(), 10, 10_000));
        var rows = report.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal([8, 16, 30], rows.Select(row => row.GetProperty("characters").GetInt32()));
        Assert.All(rows, row =>
        {
            Assert.Equal(3, row.GetProperty("milliseconds").GetArrayLength());
            var ratios = row.GetProperty("ratios").EnumerateArray().ToArray();
            Assert.Equal(1, ratios[0].GetProperty("middle").GetDouble());
            Assert.All(ratios,
                ratio => Assert.InRange(
                    ratio.GetProperty("middle").GetDouble(), ratio.GetProperty("low").GetDouble(), ratio.GetProperty("high").GetDouble()));
        });
    }

    [Fact]
    public async Task Compare_Paced_HoldsSidesAgainstEachOtherAtUsualLength()
    {
        var (code, output, errors) =
            await Programs.BenchAsync("model", "--compare", _bundle, $"{_bundle},what=model", "--paced", "--seconds", "1", "--json");

        Assert.True(code == 0, errors);
        var report = JsonElement.Parse(output).GetProperty("report");
        Assert.True(report.GetProperty("isPaced").GetBoolean());
        var row = Assert.Single(report.GetProperty("rows").EnumerateArray());
        Assert.Equal(16, row.GetProperty("characters").GetInt32());
        Assert.All(row.GetProperty("milliseconds").EnumerateArray(),
            times => Assert.Equal(0, times.GetProperty("count").GetInt32() % Turn.PacedTimes));
        Assert.InRange(row.GetProperty("ratios")[1].GetProperty("middle").GetDouble(), 1e-3, 1e3);
    }

    [Fact]
    public async Task Compare_OwnUtterances_MeasuresThemAlone()
    {
        var (code, output, errors) = await Programs.BenchAsync(
            "model", "--compare", _bundle, $"{_bundle},what=model", "--text", "订单U2942怎么还没到", "我要退款", "--seconds", "1");

        Assert.True(code == 0, errors);
        Assert.Contains("│ 12 ", output, StringComparison.Ordinal);
        Assert.Contains("At 4 characters B ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("│ 8 ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--text: an utterance has 31 characters; the sides read up to 30.", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")]
    [InlineData("--text: an utterance is empty or has a line break", " ")]
    [InlineData("--text: an utterance is empty or has a line break", "我要\n退款")]
    public async Task Compare_UtteranceThatNoSideCanRead_SaysWhatIsAllowed(string problem, string text)
    {
        var (code, _, errors) = await Programs.BenchAsync("model", "--compare", _bundle, _bundle, "--text", text, "--seconds", "1");

        Assert.Equal(2, code);
        Assert.Contains(problem, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void RunPaced_OneTurn_TakesItsTimeAndLeavesTheFirstOut()
    {
        var (done, warm, clock) = (0, 0, Stopwatch.StartNew());

        var times = Turn.RunPaced(() => done++, new KeptWarm(TimeSpan.FromMilliseconds(5), () => warm++));

        Assert.Equal((Turn.PacedTimes, Turn.PacedTimes + 1), (times.Count, done));
        Assert.InRange(warm, 1, 3 * Turn.PacedTimes);
        Assert.InRange(clock.Elapsed.TotalMilliseconds, Turn.PacedTimes * 20, 60_000);
    }

    [Fact]
    public async Task Compare_Printed_SaysInWordsWhatIsFaster()
    {
        var (code, output, errors) = await Programs.BenchAsync("model", "--compare", _bundle, $"{_bundle},what=model", "--seconds", "1");

        Assert.True(code == 0, errors);
        Assert.Contains("At 16 characters B ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnxruntime-node", "onnxruntime-node")]
    [InlineData("transformers", "@huggingface/transformers")]
    [InlineData("onnxruntime-node", "onnxruntime-node", "--paced")]
    public async Task Compare_WithAPeer_RunsTheSameFile(string runner, string package, params string[] options)
    {
        SkipWithout(package);

        var (code, output, errors) = await Programs.BenchAsync(
            ["model", "--compare", _bundle, $"{_bundle},runner={runner}", "--seconds", "1", "--json", .. options]);

        Assert.True(code == 0, errors);
        var sides = JsonElement.Parse(output).GetProperty("report").GetProperty("sides").EnumerateArray().ToArray();
        Assert.StartsWith($"{package} ", sides[1].GetProperty("ready").GetProperty("runtime").GetString(), StringComparison.Ordinal);
        Assert.Equal(sides[0].GetProperty("ready").GetProperty("bundle").GetString(),
            sides[1].GetProperty("ready").GetProperty("bundle").GetString());
    }

    /// <summary>Skips a test where a package of Node.js is not where it looks: beside the program, and in every folder above.</summary>
    internal static void SkipWithout(string package)
    {
        Assert.SkipUnless(IsThere(Path.Combine(AppContext.BaseDirectory, "peers")), $"./build.sh test brings {package} where npm is");

        bool IsThere(string? folder) =>
            folder is not null
            && (Directory.Exists(Path.Combine(folder, "node_modules", package)) || IsThere(Path.GetDirectoryName(folder)));
    }

    [Theory]
    [InlineData("Name one bundle")]
    [InlineData("Name one bundle", "--bundle", "x", "--compare", "x", "y")]
    [InlineData("two sides or more", "--compare", "x")]
    [InlineData("--paced goes with --compare", "--bundle", "x", "--paced")]
    [InlineData("'prepacking=no' of x,prepacking=no is no setting of a side", "--compare", "x,prepacking=no", "y")]
    [InlineData("--budget-ms is held against one bundle", "--compare", "x", "y", "--budget-ms", "3")]
    [InlineData("'precision=int3' of x,precision=int3 is no setting of a side; known are precision=auto|fp32|fp16|int8|dynamic",
        "--compare", "x,precision=int3", "y")]
    [InlineData("'threads=2' of x,threads=2,runner=onnxruntime-node has no effect beside its runner=", "--compare",
        "x,threads=2,runner=onnxruntime-node", "y")]
    [InlineData("'spinning=true' of x,", "--compare", "x,runner=transformers,spinning=true", "y")]
    [InlineData("'prepacking=false' of x,", "--compare", "x,runner=transformers,prepacking=false", "y")]
    [InlineData("'what=model' of x,", "--compare", "x,runner=onnxruntime-node,what=model", "y")]
    [InlineData("'edge-bench=/other' of x,", "--compare", "x,runner=onnxruntime-node,edge-bench=/other", "y")]
    [InlineData("'passes=heads' of x,passes=heads has no effect without runner=transformers", "--compare", "x,passes=heads", "y")]
    [InlineData("'passes=heads' of x,", "--compare", "x,runner=onnxruntime-node,passes=heads", "y")]
    [InlineData("'keep-warm=5' of x,keep-warm=5 has no effect without --paced", "--compare", "x,keep-warm=5", "y")]
    [InlineData("'keep-warm=5' of x,runner=transformers,keep-warm=5 has no effect beside its runner=", "--compare",
        "x,runner=transformers,keep-warm=5", "y", "--paced")]
    [InlineData("'keep-warm=2000' of x,keep-warm=2000 is no setting of a side", "--compare", "x,keep-warm=2000", "y", "--paced")]
    [InlineData("--budget-ms is 5ms; use 0.000001 to 3600000", "--bundle", "x", "--budget-ms", "5ms")]
    [InlineData("--budget-ms is NaN; use 0.000001 to 3600000", "--bundle", "x", "--budget-ms", "NaN")]
    [InlineData("--budget-ms is 1e999; use 0.000001 to 3600000", "--bundle", "x", "--budget-ms", "1e999")]
    [InlineData("--seconds is 5s; use 1 to 3600", "--bundle", "x", "--seconds", "5s")]
    [InlineData("there is no such directory", "--compare", "/nowhere", "/nowhere")]
    [InlineData("--compare: /nowhere,runner=onnxruntime-node: ", "--compare", "/nowhere,runner=onnxruntime-node", "/nowhere")]
    public async Task Compare_BadSides_SaysWhatIsWrong(string message, params string[] arguments)
    {
        var (code, _, errors) = await Programs.BenchAsync(["model", .. arguments]);

        Assert.Equal(2, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_OtherProgramMissing_SaysSo()
    {
        var (code, _, errors) = await Programs.BenchAsync("model", "--compare", _bundle, $"{_bundle},edge-bench=/nowhere");

        Assert.Equal(3, code);
        Assert.Contains("/nowhere cannot be started", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_NodeMissing_SaysWhatItNeeds()
    {
        var (code, _, errors) =
            await Programs.BenchWithAsync("PATH", _folder.FullName, "model", "--compare", _bundle, $"{_bundle},runner=onnxruntime-node");

        Assert.Equal(3, code);
        Assert.Contains("node cannot be started", errors, StringComparison.Ordinal);
        Assert.Contains("It needs Node.js and, once: npm ci", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_NodeThrows_ShowsTheMessageBeforeTheStack()
    {
        var node = Path.Combine(_folder.FullName, "node");
        await File.WriteAllTextAsync(
            node,
            """
            #!/bin/sh
            echo "node:internal/modules/package_json_reader:314
              throw new ERR_MODULE_NOT_FOUND(packageName, fileURLToPath(base), null);

            Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'onnxruntime-node'
                at Object.getPackageJSONURL (node:internal/modules/package_json_reader:314:9)
                at packageResolve (node:internal/modules/esm/resolve:768:81)
                at moduleResolve (node:internal/modules/esm/resolve:858:18)
              code: 'ERR_MODULE_NOT_FOUND'
            }

            Node.js v24.0.0" >&2
            exit 1
            """,
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (code, _, errors) =
            await Programs.BenchWithAsync("PATH", _folder.FullName, "model", "--compare", _bundle, $"{_bundle},runner=onnxruntime-node");

        Assert.Equal(3, code);
        Assert.Contains("node ended with code 1: Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'onnxruntime-node'\n", errors,
            StringComparison.Ordinal);
        Assert.Contains("Node.js v24.0.0\nIt needs Node.js", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EverySetting_IsRead()
    {
        var side = SideSettings.Parse("a/b, precision=fp32, threads=4, spinning=true, prepacking=false, what=model, edge-bench=/opt/other");

        Assert.Equal(
            ("a/b", "fp32", 4, true, false, true, "/opt/other"),
            (side.Bundle, side.Precision, side.Threads, side.Spinning, side.Prepacking, side.IsModelAlone, side.Program));
        Assert.Equal("--no-prepacking", side.Arguments[^1]);
        Assert.Equal(["--keep-warm-ms", "2.5"], SideSettings.Parse("a/b,keep-warm=2.5", isPaced: true).Arguments.TakeLast(2));
    }

    [Fact]
    public void Parse_SettingsOfAPeer_AreRead()
    {
        var side = SideSettings.Parse("a/b,precision=dynamic,runner=transformers,passes=heads");

        Assert.Equal(("dynamic", PeerRunner.Transformers, true), (side.Precision, side.Runner, side.HasPassPerHead));
    }

    [Fact]
    public void Parse_NoSetting_AsksOlderBuildsForNothingNew()
    {
        Assert.True(SideSettings.Parse("a/b").Prepacking);
        Assert.DoesNotContain(
            SideSettings.Parse("a/b").Arguments, argument => argument is SideCommand.NoPrepacking or SideCommand.KeepWarm);
    }
}
