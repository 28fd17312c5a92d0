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
        TinyBundle.WriteWithHalf(bundle);

        var (code, output, _) = await Programs.BenchAsync("model", "--bundle", bundle, "--seconds", "1", "--json");

        Assert.Equal(0, code);
        Assert.False(JsonElement.Parse(output).TryGetProperty("withinBudget", out _)); // there is no budget
        var report = JsonElement.Parse(output).GetProperty("report");
        var rows = report.GetProperty("latency").EnumerateArray().ToList();
        // The tiny bundle reads 32 tokens, [CLS] and [SEP] included.
        Assert.Equal(
            ["int8 8", "int8 16", "int8 30", "fp32 8", "fp32 16", "fp32 30"],
            rows.Select(row => $"{row.GetProperty("precision").GetString()} {row.GetProperty("characters").GetInt32()}"));
        Assert.All(rows, row => AreInOrder(row.GetProperty("milliseconds")));
        Assert.Equal(
            ["int8", "fp32"], report.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("precision").GetString()!));
        var half = Assert.Single(report.GetProperty("notMeasured").EnumerateArray()); // CUDA's, which is said and not dropped in silence
        Assert.Equal("fp16", half.GetProperty("precision").GetString());
        Assert.Contains("CUDA", half.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.All(report.GetProperty("models").EnumerateArray(), model =>
        {
            Assert.Equal(0, model.GetProperty("bytesBeyondTheAnswer").GetDouble());
            var startUp = model.GetProperty("startUp");
            Assert.InRange(startUp.GetProperty("openMs").GetDouble(), startUp.GetProperty("firstSessionMs").GetDouble(), 60_000);
            Assert.InRange(startUp.GetProperty("firstSessionMs").GetDouble(), 1e-3, 60_000);
        });
        Assert.Equal(
            ["fp32 1", "fp32 8", "fp32 32"],
            report.GetProperty("batches").EnumerateArray()
                .Select(row => $"{row.GetProperty("precision").GetString()} {row.GetProperty("utterances").GetInt32()}"));
        Assert.All(report.GetProperty("batches").EnumerateArray(),
            row => Assert.InRange(row.GetProperty("perUtteranceMs").GetDouble(), 1e-6, 60_000));
        Assert.Equal(
            ["int8 every 20 ms", "int8 every 20 ms, not kept warm", "int8 at random, half load", "int8 8 at once, quarter load",
                "fp32 every 20 ms"],
            report.GetProperty("arriving").EnumerateArray()
                .Select(row => $"{row.GetProperty("precision").GetString()} {row.GetProperty("how").GetString()}"));
        Assert.All(report.GetProperty("arriving").EnumerateArray(), row => AreInOrder(row.GetProperty("milliseconds")));
        Assert.Equal(["int8", "fp32"],
            report.GetProperty("throughput").EnumerateArray().Select(row => row.GetProperty("precision").GetString()!).Distinct());
        Assert.All(report.GetProperty("throughput").EnumerateArray(),
            row => Assert.InRange(row.GetProperty("perSecond").GetProperty("middle").GetDouble(), 1, 1e9));

        static void AreInOrder(JsonElement milliseconds)
        {
            double[] values = [.. new[] { "p50", "p90", "p99", "p999", "max" }.Select(name => milliseconds.GetProperty(name).GetDouble())];
            Assert.True(values[0] > 0);
            Assert.Equal(values.Order(), values);
        }
    }

    [Theory]
    [InlineData("zh", 64, "8 10", "16 18", "32 34", "62 64")]
    [InlineData("zh", 512, "8 10", "16 18", "32 34", "64 66", "128 130", "256 258", "510 512")]
    public async Task Model_BundleOfItsOwnLength_GoesOnToIt(string language, int maxLength, params string[] expected)
    {
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle, task: TinyBundle.Task with { Language = language, MaxLength = maxLength });

        var (code, output, errors) = await Programs.BenchAsync("model", "--bundle", bundle, "--seconds", "1", "--json");

        Assert.True(code == 0, errors);
        var rows = JsonElement.Parse(output).GetProperty("report").GetProperty("latency").EnumerateArray()
            .Where(row => row.GetProperty("precision").GetString() == "int8");
        Assert.Equal(expected, rows.Select(row => $"{row.GetProperty("characters").GetInt32()} {row.GetProperty("tokens").GetInt32()}"));
    }

    [Fact]
    public async Task Model_OverTheBudget_SaysSoAndSaysNo()
    {
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output, _) = await Programs.BenchAsync("model", "--bundle", bundle, "--seconds", "1", "--budget-ms", "0.000001");

        Assert.Equal(1, code);
        Assert.Contains("Over the budget", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_WithinTheBudget_SaysSoAndSaysYes()
    {
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output, _) = await Programs.BenchAsync("model", "--bundle", bundle, "--seconds", "1", "--budget-ms", "60000");

        Assert.Equal(0, code);
        Assert.Contains("Within the budget", output, StringComparison.Ordinal);
        Assert.Contains("requests cannot tell yet", output.ReplaceLineEndings(" "), StringComparison.Ordinal); // of one second
    }

    [Fact]
    public async Task Model_NoSuchBundle_SaysWhatToDo()
    {
        var (code, _, errors) = await Programs.BenchAsync("model", "--bundle", Path.Combine(_folder.FullName, "nothing"));

        Assert.Equal(2, code);
        Assert.Contains("edge-trainer run", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_AnyMachine_NamesThePackagesInUse()
    {
        var (code, output, _) = await Programs.BenchAsync("doctor");

        Assert.Equal(0, code);
        Assert.Contains("Microsoft.ML.OnnxRuntime", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Json_HasFactsAndHints()
    {
        var (code, output, _) = await Programs.BenchAsync("doctor", "--json");

        Assert.Equal(0, code);
        var facts = JsonElement.Parse(output).GetProperty("facts");
        Assert.InRange(facts.GetProperty("processors").GetInt32(), 1, 4096);
        Assert.InRange(facts.GetProperty("freeMemoryGiB").GetDouble(), 1e-3, facts.GetProperty("memoryGiB").GetDouble());
        Assert.Equal(JsonValueKind.Array, JsonElement.Parse(output).GetProperty("hints").ValueKind);
    }
}
