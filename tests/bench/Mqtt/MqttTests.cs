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

        var (code, output, errors) = await Programs.BenchAsync("mqtt", "--bundle", bundle, "--rate", "100", "--seconds", "1", "--budget-ms", "60000", "--json");

        Assert.True(code == 0, errors);
        var trial = JsonElement.Parse(output).GetProperty("trials").EnumerateArray().Single();
        var sent = trial.GetProperty("sent").GetInt32();
        Assert.InRange(sent, 50, 200);
        Assert.Equal(sent, trial.GetProperty("answered").GetInt32());
        Assert.True(trial.GetProperty("inAppliance").GetProperty("p50").GetDouble() <= trial.GetProperty("milliseconds").GetProperty("p50").GetDouble());
    }

    [Fact]
    public async Task Mqtt_OverTheBudget_SaysSoAndSaysNo()
    {
        MosquittoBroker.SkipUnlessInstalled();
        var bundle = Path.Combine(_folder.FullName, "bundle");
        TinyBundle.Write(bundle);

        var (code, output, errors) = await Programs.BenchAsync("mqtt", "--bundle", bundle, "--rate", "search", "--seconds", "1", "--budget-ms", "0.0001");

        Assert.True(code == 1, errors);
        Assert.Contains("Over the budget: at 20 utterances a second", output, StringComparison.Ordinal);
        Assert.Contains("-: fewer than 100 requests for p99, or 1,000 for p99.9", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Name a bundle with --bundle DIR, or")]
    [InlineData(2, "--broker is x:y", "--broker", "x:y")]
    [InlineData(2, "--rate is fast; use a number", "--bundle", "x", "--rate", "fast")]
    [InlineData(2, "--rate search needs --budget-ms", "--bundle", "x", "--rate", "search")]
    [InlineData(2, "--seconds is 0", "--bundle", "x", "--seconds", "0")]
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
        Assert.Contains("the appliance ended with code 2: edge-appliance: --bundle: Bundle is /nowhere; there is no such directory", errors, StringComparison.Ordinal);
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
    public async Task Search_TooSlowForAnyRate_TriesNoMore() => Assert.Single(await RateSearch.RunAsync(rate => Task.FromResult(Trial(rate, 50)), budgetMs: 10));

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(10.1, 10, false)]
    [InlineData(1, 9, false)] // one was not answered
    public void IsWithin_AllAnsweredInTime_Only(double p99, int answered, bool within) =>
        Assert.Equal(within, new RateTrial(1, 10, answered, 0, new Percentiles(answered, 1, 1, p99, p99, p99), null).IsWithin(10));

    private static RateTrial Trial(double rate, double milliseconds) => new(rate, 10, 10, 0, new Percentiles(10, milliseconds, milliseconds, milliseconds, milliseconds, milliseconds), null);
}
