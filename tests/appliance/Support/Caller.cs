using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Protocol;

namespace Edge.Appliance.Tests.Support;

/// <summary>An IVR system: says utterances and listens to everything under edge/ that is not one, and to answers/.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttApplicationMessage> _received = Channel.CreateUnbounded<MqttApplicationMessage>();

    private readonly List<MqttApplicationMessage> _kept = [];

    public static async Task<Caller> ConnectAsync(int port)
    {
        var caller = new Caller();
        caller._client.ApplicationMessageReceivedAsync += args =>
        {
            caller._received.Writer.TryWrite(args.ApplicationMessage);
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build();
        var connected = await caller._client.ConnectAsync(options, TestContext.Current.CancellationToken);
        Assert.Equal(MqttClientConnectResultCode.Success, connected.ResultCode);
        foreach (var filter in new[] { "edge/analysis/#", "edge/error/#", "edge/status/#", "answers/#" })
            await caller._client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        return caller;
    }

    public Task SayAsync(string payload, string line = "1") => SayAsync(Encoding.UTF8.GetBytes(payload), line);

    public async Task SayAsync(byte[] payload, string line = "1", Action<MqttApplicationMessageBuilder>? more = null)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic("edge/utterance/" + line)
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        more?.Invoke(message);
        var result = await _client.PublishAsync(message.Build(), TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, $"{result.ReasonCode}");
    }

    /// <summary>The next message whose topic begins so; others are kept for later.</summary>
    public async Task<MqttApplicationMessage> HearAsync(string topic)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ApplianceProcess.Limit);
        bool IsSought(MqttApplicationMessage message) => message.Topic.StartsWith(topic, StringComparison.Ordinal);
        while (!_kept.Exists(IsSought))
            _kept.Add(await _received.Reader.ReadAsync(limit.Token));
        var found = _kept.FindIndex(IsSought);
        var heard = _kept[found];
        _kept.RemoveAt(found);
        return heard;
    }

    /// <summary>The same as JSON.</summary>
    public async Task<JsonElement> HearJsonAsync(string topic) => JsonElement.Parse((await HearAsync(topic)).ConvertPayloadToString());

    /// <summary>Waits until the appliance says that it is connected.</summary>
    public async Task WaitUntilOnlineAsync(string state = "online")
    {
        while ((await HearJsonAsync("edge/status/")).GetProperty("state").GetString() != state)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }
}
