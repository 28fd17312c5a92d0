using Edge.Bench.Common;
using Edge.Bench.Machine;
using Edge.Bench.Model;
using Edge.Bench.Statistics;

namespace Edge.Bench.Tests.Model;

public sealed class ModelPrinterTests
{
    private static readonly Percentiles Times = new(1000, 1, 2, 3, 4, 5);
    private static readonly MedianInterval Median = new(1, 0.99, 1.01);

    private static readonly ModelReport Report = new()
    {
        Bundle = "id",
        Served = "int8",
        Latency = [new LatencyRow("int8", 16, 18, Times, Median)],
        Batches = [],
        Arriving = [new ArrivalRow("int8", "every 20 ms", 1, 50, Times, new PercentileInterval(3, 3.5))],
        Throughput = [],
        Models = [],
        OverModelAlone = Median,
        NotMeasured = [],
        Box = new BoxActivity(0, 0, 0, 0),
        IsSettled = true,
    };

    [Fact]
    public void Sentences_BundleWithHalf_SayThatItIsForCuda()
    {
        var report = Report with { NotMeasured = NotMeasured.Of(["fp32", "fp16", "int8"]) };

        Assert.Equal("fp16 is in the bundle, too; it is for CUDA, and is not measured here, on the processor.",
            new ModelPrinter(report).Sentences(null).First());
    }

    [Fact]
    public void Sentences_FewRequests_SayWhatTheDashMeans()
    {
        var report = Report with { Arriving = [Report.Usual with { Milliseconds = Times with { Count = 999 } }] };

        Assert.Contains("-: fewer than 100 requests for p99, or 1,000 for p99.9, which would be the slowest of them.",
            new ModelPrinter(report).Sentences(null));
    }

    [Theory]
    [InlineData(99, "1.00", "2.00", "-", "-", "5.00")]
    [InlineData(100, "1.00", "2.00", "3.00", "-", "5.00")]
    [InlineData(1000, "1.00", "2.00", "3.00", "4.00", "5.00")]
    public void Latency_FewRequests_HasADashForWhatIsTooRare(int count, params string[] expected) =>
    Assert.Equal(expected, Figures.Latency(Times with { Count = count }));

    [Fact]
    public void Sentences_SettledOnAQuietBox_SayNothingOfNoise() =>
    Assert.Equal(["Text to answer takes 1.00 (0.99 to 1.01) times the model alone."], new ModelPrinter(Report).Sentences(null));

    [Fact]
    public void Sentences_NotSettled_SayWhatDisturbs()
    {
        var report = Report with { IsSettled = false, Box = new BoxActivity(0, 0.5, 0, 0) };

        Assert.Contains("The box is too noisy for medians within 5 %: other programs use 50 % of the processors; end them.",
            new ModelPrinter(report).Sentences(null));
    }

    [Fact]
    public void Sentences_NotSettledAndNothingToBeSeen_SayToMeasureLonger() =>
        Assert.Contains(new ModelPrinter(Report with { IsSettled = false }).Sentences(null),
            sentence => sentence.Contains("measure longer (--seconds)", StringComparison.Ordinal));

    [Fact]
    public void Sentences_SettledOnABusyBox_SayThatSlowOnesMayBeTheBoxs()
    {
        var report = Report with { Box = new BoxActivity(0.2, 0, 0, 0) };

        Assert.Contains(new ModelPrinter(report).Sentences(null),
            sentence => sentence.StartsWith("Medians are steady, slow ones may be the box's: the host", StringComparison.Ordinal));
    }
}
