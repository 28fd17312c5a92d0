using System.Text.Json;
using Edge.Appliance.Tests.Support;

namespace Edge.Appliance.Tests;

/// <summary>Thresholds of the configuration, which count instead of the bundle's.</summary>
public sealed class ThresholdTests(SharedBundles bundles) : IDisposable
{
    private const string Text = "我要退款";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HeadsThreshold_OfTheConfiguration_CountsInsteadOfTheBundles()
    {
        var accepted = await AcceptedAsync(bundles.Certain, """{"Thresholds": {"intent": 1}}""");

        Assert.False(accepted.GetProperty("intent").GetBoolean());
        Assert.True(accepted.GetProperty("sentiment").GetBoolean());
    }

    [Fact]
    public async Task LabelsThreshold_CountsForItsLabelAlone()
    {
        var intent = await IntentAsync();
        var other = TinyBundle.Task.Heads[1].Labels.First(label => label != intent);

        Assert.False((await AcceptedAsync(bundles.Certain, $$"""{"Thresholds": {"intent": {"{{intent}}": 1} } }"""))
            .GetProperty("intent").GetBoolean());
        Assert.True((await AcceptedAsync(bundles.Certain, $$"""{"Thresholds": {"intent": {"{{other}}": 1} } }"""))
            .GetProperty("intent").GetBoolean());
        Assert.True((await AcceptedAsync(bundles.Uncertain, $$"""{"Thresholds": {"intent": {"{{intent}}": 0, "*": 1} } }"""))
            .GetProperty("intent").GetBoolean());
    }

    [Fact]
    public async Task OutOfScope_BelowTheScore_AcceptsNoIntentAndMakesACase()
    {
        await using var appliance = await ApplianceProcess.ServeAsync(
            bundles.Certain, brokerPort: null, _folder["uncertain.db"], ["Thresholds:outOfScope=0"]);
        using var text = new StringContent(Text);
        using var response = await appliance.Http.PostAsync(
            new Uri("/analyze", UriKind.Relative), text, TestContext.Current.CancellationToken);
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.InRange(answer.GetProperty("outOfScope").GetDouble(), 0.01, 0.99);
        Assert.False(answer.GetProperty("accepted").GetProperty("intent").GetBoolean());
        Assert.True(answer.GetProperty("accepted").GetProperty("sentiment").GetBoolean());
        appliance.Terminate();
        Assert.Equal(0, await appliance.WaitForExitAsync());
        Assert.Single(Database.Query(_folder["uncertain.db"], "SELECT text FROM uncertain_case"));
    }

    [Fact]
    public async Task Analyze_ShowsTheScore_AndABundleWithoutOneHasNone()
    {
        var (_, people) = await ApplianceProcess.RunAsync("analyze", Text, "--bundle", bundles.Certain);
        Assert.Contains("\n  outOfScope", people, StringComparison.Ordinal);

        TinyBundle.Write(_folder["moods"], task: TinyBundle.Task with { ScopeHead = "" });
        var (_, answer) = await ApplianceProcess.RunAsync("analyze", Text, "--bundle", _folder["moods"], "--json");
        Assert.False(JsonElement.Parse(answer).TryGetProperty("outOfScope", out _));
        var (exitCode, output) =
            await ApplianceProcess.RunAsync("check", "--bundle", _folder["moods"], "--set", "Thresholds:outOfScope=0.5");
        Assert.Equal(1, exitCode);
        Assert.Contains("Thresholds:outOfScope names no head of the bundle; it has sentiment, intent, entities", output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_ThatTheBundleLacks_AreAllRefusedWithWhatThereIs()
    {
        var file = _folder.Write("appliance.json", """{"Thresholds": {"intnet": 0.5, "intent": {"refund": 0.9}}}""");

        foreach (var command in (string[])["serve", "check"])
        {
            var (exitCode, output) = await ApplianceProcess.RunAsync(
                command, "--bundle", bundles.Certain, "--config", file, "--set", "Mqtt:Enabled=false", "--set", "Http:Port=0");

            Assert.Equal(command == "check" ? 1 : 2, exitCode);
            Assert.Contains(
                $"{file}: Thresholds:intnet names no head of the bundle; it has sentiment, intent, entities, outOfScope", output,
                StringComparison.Ordinal);
            Assert.Contains($"{file}: Thresholds:intent:refund names no label of head intent; it has 退款, 查物流, 查订单", output,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Thresholds:intent=1.5", "--set: Thresholds:intent is \"1.5\"; use 0 to 1")]
    [InlineData("Thresholds:intent:退款=high", "--set: Thresholds:intent:退款 is \"high\"; use 0 to 1")]
    [InlineData("Thresholds=0.5", "--set: Thresholds is \"0.5\"; use an object of heads")]
    public async Task Values_ThatAreNoThresholds_AreRefused(string setting, string message)
    {
        var (exitCode, output) = await ApplianceProcess.RunAsync("check", "--bundle", bundles.Certain, "--set", setting);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    private async Task<string> IntentAsync()
    {
        var (_, answer) = await ApplianceProcess.RunAsync("analyze", Text, "--bundle", bundles.Certain, "--json");
        return JsonElement.Parse(answer).GetProperty("intent").GetString()!;
    }

    private async Task<JsonElement> AcceptedAsync(string bundle, string configuration)
    {
        var file = _folder.Write("appliance.json", configuration);
        var (exitCode, answer) = await ApplianceProcess.RunAsync("analyze", Text, "--bundle", bundle, "--config", file, "--json");
        Assert.Equal(0, exitCode);
        return JsonElement.Parse(answer).GetProperty("accepted");
    }
}
