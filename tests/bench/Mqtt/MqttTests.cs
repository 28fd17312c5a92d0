using System.Text.Json;
using Edge.Appliance.Tests.Support;
using Edge.Bench.Mqtt;
using Edge.Bench.Statistics;
using Edge.Tests.Support;

namespace Edge.Bench.Tests.Mqtt;

public sealed class MqttTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-bench-mqtt-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Mqtt_Bundle_IsServedByAnApplianceOfItsOwnAndAnswersEverything()
    {
        MosquittoBroker.SkipUnlessInstalled();
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output, errors) =
            await Programs.BenchAsync("mqtt", "--bundle", bundle, "--rate", "100", "--seconds", "1", "--budget-ms", "60000", "--json");

        Assert.True(code == 0, errors);
        var report = JsonElement.Parse(output);
        var trial = report.GetProperty("trials").EnumerateArray().Single();
        Assert.True(report.GetProperty("withinBudget").GetBoolean());
        Assert.False(report.GetProperty("verdictIsSure").GetBoolean()); // of 100 requests
        Assert.InRange(trial.GetProperty("p99Interval").GetProperty("low").GetDouble(), 1e-3,
            trial.GetProperty("milliseconds").GetProperty("p99").GetDouble());
        var sent = trial.GetProperty("sent").GetInt32();
        Assert.InRange(sent, 50, 200);
        Assert.Equal(sent, trial.GetProperty("answered").GetInt32());
        Assert.True(
            trial.GetProperty("inAppliance").GetProperty("p50").GetDouble() <= trial.GetProperty("milliseconds").GetProperty("p50")
                .GetDouble());
    }

    // The appliance runs in a folder of its own, where the path meant nothing.
    [Fact]
    public async Task Mqtt_BundleByRelativePath_IsServed()
    {
        MosquittoBroker.SkipUnlessInstalled();
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, _, errors) = await Programs.BenchAsync(
            "mqtt", "--bundle", Path.GetRelativePath(Environment.CurrentDirectory, bundle), "--rate", "20", "--seconds", "1");

        Assert.True(code == 0, errors);
    }

    [Fact]
    public async Task Mqtt_OverTheBudget_SaysSoAndSaysNo()
    {
        MosquittoBroker.SkipUnlessInstalled();
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output, errors) =
            await Programs.BenchAsync("mqtt", "--bundle", bundle, "--rate", "search", "--seconds", "1", "--budget-ms", "0.0001");

        Assert.True(code == 1, errors);
        Assert.Contains("Over the budget at 20 utterances a second: ", output, StringComparison.Ordinal);
        Assert.Contains("20 utterances a second for 1 s", errors, StringComparison.Ordinal);
        Assert.Contains("-: fewer than 100 requests for p99, or 1,000 for p99.9", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mqtt_NearlyNothingFallsDue_StillAsksOnceAndWithoutABudgetGivesNoVerdict()
    {
        MosquittoBroker.SkipUnlessInstalled();
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output, errors) = await Programs.BenchAsync("mqtt", "--bundle", bundle, "--rate", "0.1", "--seconds", "1", "--json");

        Assert.True(code == 0, errors);
        var report = JsonElement.Parse(output);
        Assert.Equal(1, report.GetProperty("trials")[0].GetProperty("answered").GetInt32());
        Assert.False(report.TryGetProperty("withinBudget", out _));
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task Mqtt_Signal_LeavesNoProgramAndNoFolder(string signal, int expected)
    {
        MosquittoBroker.SkipUnlessInstalled();
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output, errors) = await Programs.SignalBenchAsync(
            signal, _folder.FullName, "0.1 utterances a second", "mqtt", "--bundle", bundle, "--rate", "0.1", "--seconds", "60");

        Assert.Equal((expected, ""), (code, output));
        Assert.EndsWith($"for 60 s\nedge-bench: ended by SIG{signal} before it was done.\n", errors, StringComparison.Ordinal);
        Assert.Empty(_folder.GetDirectories("edge-bench-mqtt-*"));
    }

    [Theory]
    [InlineData(2, "Name a bundle with --bundle DIR, or")]
    [InlineData(2, "--broker is x:y", "--broker", "x:y")]
    [InlineData(2, "--rate is fast; use a number", "--bundle", "x", "--rate", "fast")]
    [InlineData(2, "--rate search needs --budget-ms", "--bundle", "x", "--rate", "search")]
    [InlineData(2, "--seconds is 0", "--bundle", "x", "--seconds", "0")]
    [InlineData(2, "--budget-ms is 5ms; use 0.000001 to 3600000", "--bundle", "x", "--rate", "search", "--budget-ms", "5ms")]
    [InlineData(2, "there is no such file", "--bundle", "x", "--texts", "/nowhere")]
    public async Task Mqtt_BadOptions_SaysWhatIsAllowed(int expected, string message, params string[] arguments)
    {
        var (code, _, errors) = await Programs.BenchAsync(["mqtt", .. arguments]);

        Assert.Equal(expected, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mqtt_NoSuchBundle_SaysWhatTheApplianceSaid()
    {
        MosquittoBroker.SkipUnlessInstalled();

        var (code, _, errors) = await Programs.BenchAsync("mqtt", "--bundle", "/nowhere");

        Assert.Equal(2, code);
        Assert.Contains("the appliance ended with code 2: edge-appliance: --bundle: Bundle is /nowhere; there is no such directory", errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(777)]
    [InlineData(21)]
    [InlineData(20_000)]
    public async Task Search_ServerOfACapacity_FindsItFromBelow(double capacity)
    {
        var trials = await RateSearch.RunAsync(rate => Task.FromResult(Trial(rate, rate <= capacity ? 5 : 50)), budgetMs: 10);

        Assert.Equal(trials.OrderBy(trial => trial.PerSecond), trials);
        Assert.InRange(trials.Last(trial => trial.IsWithin(10)).PerSecond, capacity / 1.06, capacity);
    }

    [Fact]
    public async Task Search_TooSlowForAnyRate_TriesNoMore() =>
    Assert.Single(await RateSearch.RunAsync(rate => Task.FromResult(Trial(rate, 50)), budgetMs: 10));

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(10.1, 10, false)]
    [InlineData(1, 9, false)] // one was not answered
    public void IsWithin_AllAnsweredInTime_Only(double p99, int answered, bool within) =>
        Assert.Equal(within, Trial(1, p99, answered).IsWithin(10));

    [Fact]
    public void Sentence_SomeNotAnswered_SaysSo()
    {
        foreach (var trial in new[] { Trial(1, 5, answered: 9), new RateTrial(1, 10, 0, 0, null, null, null) })
            Assert.StartsWith($"Over the budget: {10 - trial.Answered} of 10 utterances were not answered",
                MqttPrinter.Sentence(trial, trial.Judge(10, TimeSpan.FromSeconds(1)), isSearch: true), StringComparison.Ordinal);
    }

    private static RateTrial Trial(double rate, double milliseconds, int answered = 10) => new(
        rate, 10, answered, 0, new Percentiles(answered, milliseconds, milliseconds, milliseconds, milliseconds, milliseconds),
        new PercentileInterval(milliseconds, null), null);
}
