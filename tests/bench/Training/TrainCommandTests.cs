using System.Text.Json;
using Edge.Bench.Statistics;
using Edge.Bench.Training;

namespace Edge.Bench.Tests.Training;

public sealed class TrainCommandTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Train_BothSides_ReportsTimesAndRatios()
    {
        const string HasFastTorch = "import torch; assert '/blas/libblas.so' not in open('/proc/self/maps').read()";
        Assert.SkipUnless(
            File.Exists(Python) && (await Programs.RunAsync(Python, "-c", HasFastTorch)).Code == 0,
            "python3-torch or libopenblas0-pthread is not installed");
        var (code, output, errors) = await Programs.BenchAsync(
            "train", "--size", "nano", "--rounds", "3", "--steps-per-round", "2", "--most-ratio", "1000", "--json");

        Assert.True(code == 0, errors);
        var rows = JsonElement.Parse(output).GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal([0.1, 0], rows.Select(row => row.GetProperty("dropout").GetDouble()));
        foreach (var row in rows)
        {
            Assert.All(["edgeLibTorch", "torchLibTorch"], side => Assert.Matches(@"^\d+\.\d+", row.GetProperty(side).GetString()));
            Assert.True(row.GetProperty("edgeMs").GetDouble() > 0 && row.GetProperty("torchMs").GetDouble() > 0);
            foreach (var ratio in new[] { "ratio", "cpuRatio" }.Select(row.GetProperty))
                Assert.InRange(
                    ratio.GetProperty("middle").GetDouble(), ratio.GetProperty("low").GetDouble(), ratio.GetProperty("high").GetDouble());
        }
    }

    [Fact]
    public async Task Train_Steps_ReadsTheMemoryOnTheWay()
    {
        var (_, output, _) = await Programs.BenchAsync("train", "--steps", "100", "--json");

        var readings = JsonElement.Parse(output).GetProperty("readings").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(1, 20).Select(i => i * 5), readings.Select(reading => reading.GetProperty("steps").GetInt32()));
        Assert.All(readings, reading => Assert.InRange(reading.GetProperty("megabytes").GetDouble(), 10, 10_000));
    }

    [Theory]
    [InlineData("--trainer", "/nowhere", "There is no edge-trainer")]
    [InlineData("--python", "/nowhere", "cannot be started")]
    [InlineData("--python", "/nowhere", "apt-get install python3-torch")]
    [InlineData("--python", "/bin/false", "apt-get install python3-torch")]
    public async Task Train_SideMissing_SaysWhatToDo(string option, string value, string message)
    {
        var (code, _, errors) = await Programs.BenchAsync("train", "--size", "nano", "--rounds", "3", option, value);
        Assert.Equal(3, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_TrainerFails_SaysNothingOfPyTorch()
    {
        var (code, _, errors) = await Programs.BenchAsync("train", "--size", "nano", "--rounds", "3", "--trainer", "/bin/false");

        Assert.Equal(3, code);
        Assert.Contains("name another edge-trainer with --trainer", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("PyTorch", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--steps with --json watches one size", "--steps", "100", "--size", "nano", "tiny", "--json")]
    [InlineData("--steps is 99; use 100 to 1000000000", "--steps", "99")]
    [InlineData("--steps is many; use 100 to 1000000000", "--steps", "many")]
    [InlineData("--most-ratio is x; use 0.001 to 1000", "--most-ratio", "x")]
    public async Task Train_BadOptions_SaysWhatIsAllowed(string message, params string[] arguments)
    {
        var (code, _, errors) = await Programs.BenchAsync(["train", .. arguments]);

        Assert.Equal(2, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Ratio_OfRounds_IsTheirMedianWithinItsInterval()
    {
        var ratio = MedianInterval.Of([1, 1.1, 0.9, 1.05, 0.95, 3]);
        Assert.Equal(1.025, ratio.Middle, 1e-9);
        Assert.InRange(ratio.Low, 0.9, 1);
        Assert.InRange(ratio.High, 1.05, 3);
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(550, 0.1)]
    public void Growth_OfMemory_ComparesTheHalves(double last, double growth)
    {
        (int, double)[] readings = [.. Enumerable.Range(1, 20).Select(i => (i, i == 1 ? 100.0 : i == 20 ? last : 500))];
        Assert.Equal(growth, TrainBenchmark.Growth(readings), 1e-9);
    }
}
