using System.Text;
using System.Text.Json;
using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;

namespace Edge.Appliance.Tests;

/// <summary>One message, whatever is wrong with it, does not stop the others.</summary>
public sealed class OneMessageTests(SharedBundles bundles) : IDisposable
{
    private const string Access =
        "topic readwrite edge/utterance/#\ntopic readwrite edge/error/#\ntopic readwrite edge/status/#\ntopic readwrite answers/#\n"
        + "topic read edge/analysis/#\n";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ResponseTopicOfTooManyLevels_GetsAnError_AndTheOthersAreAnswered()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        foreach (var levels in new[] { 201, 202, 1_000, 30_000 })
        {
            await caller.SayAsync("""{"id":"bad","text":"我要退款"}"""u8.ToArray(), more: message => message
                .WithResponseTopic("answers" + string.Concat(Enumerable.Repeat("/a", levels - 1))));
            Assert.Equal("badResponseTopic", await HearErrorAsync(caller));
        }
        await caller.SayAsync("""{"id":"good","text":"我要退款"}"""u8.ToArray(), more: message => message
            .WithResponseTopic("answers" + string.Concat(Enumerable.Repeat("/a", 199))));
        await caller.HearAsync("answers/");

        await SayManyAsync(caller, 50);
        Assert.DoesNotContain("Connection to the broker lost", appliance.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerAboveTheBrokersPacketSize_GetsAnErrorWithoutCorrelationData()
    {
        await using var broker = await MosquittoBroker.StartAsync("max_packet_size 1000");
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        for (var i = 0; i < 3; i++)
        {
            await caller.SayAsync("""{"id":"large","text":"我要退款"}"""u8.ToArray(), more: message => message
                .WithResponseTopic("answers/1").WithCorrelationData(new byte[850]));
        }
        for (var i = 0; i < 3; i++)
            Assert.Equal("answerRefused", await HearErrorAsync(caller));

        await SayManyAsync(caller, 10);
        Assert.DoesNotContain("Connection to the broker lost", appliance.Output, StringComparison.Ordinal);
        Assert.Contains("message-given-up", await appliance.GetWarningsAsync());
    }

    [Fact]
    public async Task AnswerAboveTheBrokersMessageSize_GetsAnError()
    {
        await using var broker = await MosquittoBroker.StartAsync("message_size_limit 200");
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => caller.SayAsync($$"""{"id":"c-{{i}}","text":"我要退款"}""")));

        for (var i = 0; i < 40; i++)
            Assert.Equal("answerRefused", await HearErrorAsync(caller));
        await WaitUntilIdleAsync(appliance);
        Assert.Equal(40, await appliance.GetMetricAsync("edge_errors_total{code=\"answerRefused\"}"));
    }

    [Fact]
    public async Task AccessListThatRefusesAnswers_GivesErrors_AndResponseTopicsAreAnswered()
    {
        await using var broker = await MosquittoBroker.StartAsync(
            "acl_file {folder}/acl", folder => File.WriteAllText(Path.Combine(folder, "acl"), Access));
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => caller.SayAsync($$"""{"id":"c-{{i}}","text":"我要退款"}""")));
        for (var i = 0; i < 300; i++)
            Assert.Equal("answerRefused", await HearErrorAsync(caller));
        await caller.SayAsync(
            """{"id":"good","text":"我要退款"}"""u8.ToArray(), more: message => message.WithResponseTopic("answers/1"));

        Assert.Equal("good", (await caller.HearJsonAsync("answers/1")).GetProperty("id").GetString());
        Assert.Contains("answers-refused", await appliance.GetWarningsAsync());
    }

    [Fact]
    public async Task AccessListThatRefusesEverything_StopsNothing_AndTheWarningsEndWithIt()
    {
        await using var broker = await MosquittoBroker.StartAsync(
            "acl_file {folder}/acl",
            folder => File.WriteAllText(Path.Combine(folder, "acl"), "topic readwrite edge/utterance/#\ntopic readwrite edge/status/#\n"));
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => caller.SayAsync($$"""{"id":"c-{{i}}","text":"我要退款"}""")));
        await Condition.BecomesTrueAsync(async () => await appliance.GetMetricAsync("edge_errors_total{code=\"answerRefused\"}") == 30);
        Assert.Contains("errors-refused", await appliance.GetWarningsAsync());

        await File.WriteAllTextAsync(Path.Combine(broker.Folder, "acl"), "topic readwrite #\n", TestContext.Current.CancellationToken);
        await broker.RestartAsync();
        await using var again = await Caller.ConnectAsync(broker.Port);
        await again.WaitUntilOnlineAsync();
        await again.SayAsync("""{"id":"good","text":"我要退款"}""");
        await again.HearAsync("edge/analysis/1");
        await again.SayAsync("""{"id":"bad","text":""}""");
        await again.HearAsync("edge/error/1");
        await Condition.BecomesTrueAsync(async () => (await appliance.GetWarningsAsync()).Count == 0);
    }

    [Fact]
    public async Task MessagesThatAreTooLarge_GetErrors_AndDoNotCloseTheReceiveWindow()
    {
        const int count = 300; // more than the window holds
        await using var broker = await MosquittoBroker.StartAsync("max_inflight_messages 256");
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        var large = Encoding.UTF8.GetBytes($$"""{"id":"large","text":"{{new string('a', 200_000)}}"}""");
        await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => caller.SayAsync(large, "large", message => message.WithCorrelationData([7]))));
        await caller.SayAsync(large, "large", message => message
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce));

        await SayManyAsync(caller, 30);
        for (var i = 0; i < count; i++)
        {
            var error = await caller.HearAsync("edge/error/large");
            Assert.Equal([7], error.CorrelationData);
            Assert.Equal("messageTooLarge", JsonElement.Parse(error.ConvertPayloadToString()).GetProperty("code").GetString());
        }
        await Condition.BecomesTrueAsync(
            async () => await appliance.GetMetricAsync("edge_errors_total{code=\"messageTooLarge\"}") == count + 1);
    }

    [Fact]
    public async Task AnswerThatEndsTheConnection_IsFoundAndGivenUp_AndTheOthersAreAnswered()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var proxy = new CuttingProxy(broker.Port, "answers/poison");
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(proxy.Port);
        await caller.WaitUntilOnlineAsync();
        foreach (var id in new[] { "one", "two" })
        {
            var poison = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","text":"我要退款"}""");
            await caller.SayAsync(poison, more: message => message.WithResponseTopic("answers/poison"));
        }
        await SayManyAsync(caller, 50);

        Assert.Equal("answerRefused", await HearErrorAsync(caller));
        Assert.Equal("answerRefused", await HearErrorAsync(caller));
        await WaitUntilIdleAsync(appliance);
        Assert.InRange(proxy.Cuts, 4, 8);
        Assert.Contains("message-given-up", await appliance.GetWarningsAsync());
    }

    [Fact]
    public async Task LineOfTooManyCharacters_GetsAnError()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var caller = await Caller.ConnectAsync(broker.Port);
        await using var appliance = await ServeAsync(broker.Port);
        await caller.WaitUntilOnlineAsync();
        await caller.SayAsync("我要退款", new string('l', 257));
        Assert.Equal("badLine", await HearErrorAsync(caller, "edge/error/ll"));

        await caller.SayAsync("我要退款", new string('l', 256));
        await caller.HearAsync("edge/analysis/ll");
    }

    private static async Task SayManyAsync(Caller caller, int count)
    {
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => caller.SayAsync($$"""{"id":"many-{{i}}","text":"你好"}""", "many")));
        var ids = new HashSet<string>();
        while (ids.Count < count)
            ids.Add((await caller.HearJsonAsync("edge/analysis/many")).GetProperty("id").GetString()!);
    }

    private static async Task<string> HearErrorAsync(Caller caller, string topic = "edge/error/1") =>
        (await caller.HearJsonAsync(topic)).GetProperty("code").GetString()!;

    private static Task WaitUntilIdleAsync(ApplianceProcess appliance) =>
        Condition.BecomesTrueAsync(async () => await appliance.GetMetricAsync("edge_messages_in_flight") == 0);

    private Task<ApplianceProcess> ServeAsync(int port) => ApplianceProcess.ServeAsync(bundles.Certain, port, _folder["uncertain.db"]);
}
