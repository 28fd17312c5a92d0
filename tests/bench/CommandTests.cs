using System.Diagnostics;
using System.Text.Json;
using Edge.Appliance.Tests.Support;

namespace Edge.Bench.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-bench-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Model_Bundle_ReportsEveryPrecisionAndLength()
    {
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output) = await RunAsync("model", "--bundle", bundle, "--seconds", "1", "--json");

        Assert.Equal(0, code);
        var rows = JsonElement.Parse(output).GetProperty("rows").EnumerateArray().ToList();
        // The tiny bundle reads 32 tokens, [CLS] and [SEP] included.
        Assert.Equal(
            ["int8 8", "int8 16", "int8 30", "fp32 8", "fp32 16", "fp32 30"],
            rows.Select(row => $"{row.GetProperty("precision").GetString()} {row.GetProperty("characters").GetInt32()}"));
        Assert.All(rows, row => Assert.InRange(row.GetProperty("latencyMs").GetProperty("p50").GetDouble(), 1e-6, row.GetProperty("latencyMs").GetProperty("max").GetDouble()));
    }

    [Fact]
    public async Task Model_OverTheBudget_SaysSoAndSaysNo()
    {
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output) = await RunAsync("model", "--bundle", bundle, "--seconds", "1", "--budget-ms", "0.000001");

        Assert.Equal(1, code);
        Assert.Contains("Over the budget", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_NoSuchBundle_SaysWhatToDo()
    {
        var (code, output) = await RunAsync("model", "--bundle", Path.Combine(_folder.FullName, "nothing"));

        Assert.Equal(2, code);
        Assert.Contains("edge-trainer run", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_AnyMachine_NamesThePackagesInUse()
    {
        var (code, output) = await RunAsync("doctor");

        Assert.Equal(0, code);
        Assert.Contains("Microsoft.ML.OnnxRuntime", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "edge-bench"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await error;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
