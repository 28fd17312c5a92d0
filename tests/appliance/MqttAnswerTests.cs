using System.Text;
using System.Text.Json;
using Edge.Appliance.Tests.Support;
using Edge.Tests.Support;
using MQTTnet;

namespace Edge.Appliance.Tests;

public sealed class MqttAnswerTests(SharedBundles bundles) : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private MosquittoBroker _broker = null!;
    private ApplianceProcess _appliance = null!;
    private Caller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await MosquittoBroker.StartAsync();
        _appliance = await ApplianceProcess.ServeAsync(bundles.Certain, _broker.Port, _folder["uncertain.db"]);
        _caller = await Caller.ConnectAsync(_broker.Port);
        await _caller.WaitUntilOnlineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _caller.DisposeAsync();
        await _appliance.DisposeAsync();
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task PlainText_IsAnsweredOnItsLine()
    {
        await _caller.SayAsync("帮我查一下订单u2942", "line-7");

        var answer = await _caller.HearJsonAsync("edge/analysis/line-7");

        Assert.Contains(answer.GetProperty("sentiment").GetString(), TinyBundle.Task.Heads[0].Labels);
        Assert.Contains(answer.GetProperty("intent").GetString(), TinyBundle.Task.Heads[1].Labels);
        Assert.Equal(JsonValueKind.Object, answer.GetProperty("entities").ValueKind);
        Assert.Equal(bundles.CertainId, answer.GetProperty("bundle").GetString());
        Assert.NotEmpty(answer.GetProperty("id").GetString()!);
        Assert.True(answer.GetProperty("accepted").GetProperty("intent").GetBoolean());
        Assert.InRange(answer.GetProperty("confidence").GetProperty("intent").GetDouble(), 0, 1);
        Assert.InRange(answer.GetProperty("latencyMs").GetDouble(), 0.001, 60_000);
        Assert.False(answer.TryGetProperty("late", out _));
    }

    // Runs share nothing: a batch has one utterance, so no neighbour moves the scale of its 8-bit activations.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Utterance_Beside31Others_IsAnsweredAsAlone(int seed)
    {
        const int together = 32;
        var random = new Random(seed);
        string[] texts = [.. Enumerable.Range(0, together).Select(_ => RandomText(random))];
        var alone = new List<(string, string)>();
        for (var i = 0; i < together; i++)
        {
            await _caller.SayAsync(texts[i], $"alone-{i}");
            alone.Add(Comparable(await _caller.HearJsonAsync($"edge/analysis/alone-{i}")));
        }

        await Task.WhenAll(texts.Select((text, i) => _caller.SayAsync(text, $"together-{i}-")));

        for (var i = 0; i < together; i++)
            Assert.Equal(alone[i], Comparable(await _caller.HearJsonAsync($"edge/analysis/together-{i}-")));

        static string RandomText(Random random) =>
            string.Concat(
                Enumerable.Range(0, 1 + random.Next(24))
                    .Select(_ => random.Next(4) == 0 ? $"u{random.Next(10_000)} " : "帮我查一下订单要退款改地址谢谢你快递"[random.Next(18)].ToString()));

        // Labels and entities, and every confidence to the last digit that is sent.
        static (string Answers, string Confidence) Comparable(JsonElement answer) => (
            string.Concat(TinyBundle.Task.Heads.Select(head => answer.GetProperty(head.Name).GetRawText())),
            answer.GetProperty("confidence").GetRawText());
    }

    [Fact]
    public async Task ResponseTopic_GetsTheAnswerWithItsCorrelationData()
    {
        await _caller.SayAsync("""{"id":"c-17","text":"我要退款"}"""u8.ToArray(), more: message => message
            .WithResponseTopic("answers/ivr-3").WithCorrelationData([1, 2, 0, 255]));

        var answer = await _caller.HearAsync("answers/");

        Assert.Equal("answers/ivr-3", answer.Topic);
        Assert.Equal([1, 2, 0, 255], answer.CorrelationData);
        Assert.Equal("c-17", JsonElement.Parse(answer.ConvertPayloadToString()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task MalformedMessages_GetErrorsAndAreCounted_AndTheServiceGoesOn()
    {
        (byte[] Payload, string Code, string? Id)[] bad =
        [
            ([0x68, 0xff, 0x69], "invalidUtf8", null),
            ("{\"text\":"u8.ToArray(), "invalidJson", null),
            ("""{"id":"a","text":5}"""u8.ToArray(), "badField", "a"),
            ("""{"id":"b"}"""u8.ToArray(), "badField", "b"),
            ("""{"id":7,"text":"x"}"""u8.ToArray(), "badField", null),
            ("""{"id":"c","text":"  "}"""u8.ToArray(), "emptyText", "c"),
            ([], "emptyText", null),
            (Encoding.UTF8.GetBytes(new string('长', 2001)), "textTooLong", null),
            ("""{"id":"d","text":"\ud800"}"""u8.ToArray(), "badField", "d"),
        ];
        foreach (var (payload, code, id) in bad)
        {
            await _caller.SayAsync(payload, "x");
            var error = await _caller.HearJsonAsync("edge/error/x");
            Assert.Equal(code, error.GetProperty("code").GetString());
            Assert.Equal(id, error.TryGetProperty("id", out var found) ? found.GetString() : null);
            Assert.NotEmpty(error.GetProperty("message").GetString()!);
        }

        await _caller.SayAsync("你好", "x");
        await _caller.HearAsync("edge/analysis/x");
        Assert.Equal(2, await _appliance.GetMetricAsync("edge_errors_total{code=\"emptyText\"}"));
        Assert.Equal(4, await _appliance.GetMetricAsync("edge_errors_total{code=\"badField\"}"));
        Assert.Equal(1, await _appliance.GetMetricAsync("edge_utterances_total"));
    }

    [Fact]
    public async Task RepeatedId_GetsTheSameAnswerAgain()
    {
        await _caller.SayAsync("""{"id":"c-1","text":"我要退款"}""");
        var first = (await _caller.HearAsync("edge/analysis/1")).ConvertPayloadToString();
        await _caller.SayAsync("""{"id":"c-1","text":"我要退款"}""");
        var second = (await _caller.HearAsync("edge/analysis/1")).ConvertPayloadToString();
        // The same id on another line is another utterance.
        await _caller.SayAsync("""{"id":"c-1","text":"我要退款"}""", "2");
        await _caller.HearAsync("edge/analysis/2");

        Assert.Equal(first, second);
        Assert.Equal(2, await _appliance.GetMetricAsync("edge_answers_total"));
        Assert.Equal(1, await _appliance.GetMetricAsync("edge_duplicates_total"));
        Assert.Equal(0, await _appliance.GetMetricAsync("edge_reused_ids_total"));
    }

    [Fact]
    public async Task ReusedIdWithAnotherText_IsAnsweredAsBeforeAndWarnedOf()
    {
        await _caller.SayAsync("""{"id":"c-1","text":"我要退款"}""");
        var first = (await _caller.HearAsync("edge/analysis/1")).ConvertPayloadToString();
        await _caller.SayAsync("""{"id":"c-1","text":"你好"}""");

        Assert.Equal(first, (await _caller.HearAsync("edge/analysis/1")).ConvertPayloadToString());
        var (_, readiness) = await _appliance.GetReadinessAsync();
        Assert.Contains(
            readiness.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("code").GetString() == "id-reused");
    }

    [Fact]
    public async Task Deadline_ThatHasPassed_MakesTheAnswerLate()
    {
        await _caller.SayAsync("""{"id":"c-1","text":"我要退款","ts":1000,"deadlineMs":50}""");

        Assert.True((await _caller.HearJsonAsync("edge/analysis/1")).GetProperty("late").GetBoolean());
    }

    [Fact]
    public async Task Deadline_OfTheLastMoment_IsNotOver()
    {
        await _caller.SayAsync("""{"id":"c-1","text":"我要退款","ts":253402300799999,"deadlineMs":1000}""");

        Assert.False((await _caller.HearJsonAsync("edge/analysis/1")).TryGetProperty("late", out _));
    }

    [Fact]
    public async Task Utterance_KeyWithHalfOfASurrogatePair_IsAnErrorAndTheNextIsAnswered()
    {
        await _caller.SayAsync("""{"\ud800":1,"text":"a"}""");
        Assert.Equal("badField", (await _caller.HearJsonAsync("edge/error/1")).GetProperty("code").GetString());

        await _caller.SayAsync("""{"id":"c-2","text":"我要退款"}""");
        Assert.Equal("c-2", (await _caller.HearJsonAsync("edge/analysis/1")).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("edge/utterance/2")]
    [InlineData("$SYS/answers")]
    public async Task ResponseTopic_ThatCannotBeOne_GetsAnError(string topic)
    {
        await _caller.SayAsync("""{"id":"c-1","text":"我要退款"}"""u8.ToArray(), more: message => message.WithResponseTopic(topic));

        Assert.Equal("badResponseTopic", (await _caller.HearJsonAsync("edge/error/1")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Flood_IsAnsweredWhole()
    {
        const int count = 500;
        var said = Task.WhenAll(Enumerable.Range(0, count).Select(i => _caller.SayAsync($$"""{"id":"c-{{i}}","text":"订单{{i}}在哪里"}""")));

        var ids = new HashSet<string>();
        while (ids.Count < count)
            ids.Add((await _caller.HearJsonAsync("edge/analysis/")).GetProperty("id").GetString()!);
        await said;
    }
}
