using System.Text.Json;
using Edge.Appliance.Mqtt;
using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;

namespace Edge.Appliance.Tests;

public sealed class AskCommandTests(SharedBundles bundles)
{
    [Fact]
    public async Task Ask_SeveralUtterances_PrintsTheirAnswersInOrder()
    {
        using var folder = new TestFolder();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Certain, broker.Port, folder["uncertain.db"]);

        var (code, output) =
            await ApplianceProcess.RunAsync("ask", "--json", "--timeout", "60", "--broker", $"127.0.0.1:{broker.Port}", "我要退款", "快递在哪里");

        Assert.Equal(0, code);
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(2, answers.Count);
        Assert.All(answers, answer => Assert.Equal(bundles.CertainId, answer.GetProperty("bundle").GetString()));
        Assert.NotEqual(answers[0].GetProperty("id").GetString(), answers[1].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Ask_TextTheApplianceRefuses_PrintsTheErrorAndSaysNo()
    {
        using var folder = new TestFolder();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Certain, broker.Port, folder["uncertain.db"]);

        var (code, output) =
            await ApplianceProcess.RunAsync("ask", "--timeout", "60", "--broker", $"127.0.0.1:{broker.Port}", new string('退', 3000));

        Assert.Equal(1, code);
        Assert.Contains("textTooLong", output, StringComparison.Ordinal);
    }

    // Attempts that were refused before the broker was there counted as a lost connection, and every utterance failed at once.
    [Fact]
    public async Task Ask_BrokerThatComesLater_IsNoLostConnection()
    {
        using var folder = new TestFolder();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var appliance = await ApplianceProcess.ServeAsync(bundles.Certain, broker.Port, folder["uncertain.db"]);
        await broker.KillAsync();
        using var limit = new CancellationTokenSource(ApplianceProcess.Limit);

        var connecting = AskingClient.ConnectAsync(new BrokerAddress("127.0.0.1", broker.Port), limit.Token);
        await broker.RestartAsync();
        await using var client = await connecting;
        using var answer = await client.AskAsync("1", "我要退款", limit.Token);

        Assert.Equal(bundles.CertainId, answer.RootElement.GetProperty("bundle").GetString());
    }

    [Fact]
    public async Task Ask_NoAppliance_SaysSoInTime()
    {
        await using var broker = await MosquittoBroker.StartAsync();

        var (code, output) = await ApplianceProcess.RunAsync("ask", "--timeout", "1", "--broker", $"127.0.0.1:{broker.Port}", "我要退款");

        Assert.Equal(3, code);
        Assert.Contains("no appliance came online", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_BadOptions_NamesAllOfThem()
    {
        var (code, output) = await ApplianceProcess.RunAsync("ask", "--broker", "nowhere:x", "--timeout", "0", "--line", "a/b", "我要退款");

        Assert.Equal(2, code);
        Assert.Contains("--broker is nowhere:x", output, StringComparison.Ordinal);
        Assert.Contains("--timeout is 0", output, StringComparison.Ordinal);
        Assert.Contains("--line is \"a/b\"", output, StringComparison.Ordinal);
    }
}
