using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Edge.Bundles.Common;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// The other side of docs/reference/mqtt.md, as an IVR system would speak it: 1. connects, 2. waits until an appliance is online,
/// 3. publishes utterances with a response topic of its own, 4. hands back the answers.
/// </summary>
internal sealed class AskingClient : IAsyncDisposable
{
    private readonly string _name = "edge-ask-" + Guid.NewGuid().ToString("N")[..12];
    private readonly BrokerAddress _broker;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource _online = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonDocument>> _waiting = new(StringComparer.Ordinal);

    private AskingClient(BrokerAddress broker)
    {
        _broker = broker;
        _client.ApplicationMessageReceivedAsync += args =>
        {
            Receive(args.ApplicationMessage);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += args =>
        {
            if (args.ClientWasConnected) // not for an attempt that failed
                _lost.TrySetResult();
            return Task.CompletedTask;
        };
    }

    private string ReplyTopic => "edge/reply/" + _name;

    private static bool IsErrorTopic(string topic) => topic.StartsWith(Topics.Error(""), StringComparison.Ordinal);

    /// <summary>Connects and waits until an appliance says that it is online.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="UserException">No broker, or no appliance within the time.</exception>
    public static async Task<AskingClient> ConnectAsync(BrokerAddress broker, CancellationToken cancellation)
    {
        var asking = new AskingClient(broker);
        try
        {
            await asking.ConnectAndSubscribeAsync(cancellation);
            await asking._online.Task.WaitAsync(cancellation);
            return asking;
        }
        // MQTTnet turns a cancelled wait into exceptions of its own.
        catch (Exception failure) when (failure is OperationCanceledException or MqttCommunicationException)
        {
            await asking.DisposeAsync();
            throw new UserException(ExitCode.Environment,
                $"no appliance came online at the broker {asking._broker} in time; start one with edge-appliance serve.", failure);
        }
        catch
        {
            await asking.DisposeAsync();
            throw;
        }
    }

    /// <summary>Publishes one utterance and waits for its answer or error, as JSON.</summary>
    /// <exception cref="UserException">The connection is gone, or no answer came in time.</exception>
    public async Task<JsonDocument> AskAsync(string line, string text, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var answer = _waiting.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        var message = MqttLink.Message("edge/utterance/" + line, JsonSerializer.SerializeToUtf8Bytes(new { id, text }))
            .WithResponseTopic(ReplyTopic)
            .WithCorrelationData(Encoding.ASCII.GetBytes(id))
            .Build();
        try
        {
            await _client.PublishAsync(message, cancellation);
            await Task.WhenAny(answer.Task, _lost.Task).WaitAsync(cancellation);
            return answer.Task.IsCompleted
                ? await answer.Task
                : throw new UserException(ExitCode.Environment, $"the connection to the broker {_broker} was lost before the answer came.");
        }
        catch (Exception failure) when (failure is OperationCanceledException or MqttCommunicationException)
        {
            throw new UserException(ExitCode.Environment, cancellation.IsCancellationRequested
                ? $"no answer came over the broker {_broker} in time; the appliance's log and /readyz say why."
                : $"the broker {_broker} is gone: {failure.GetBaseException().Message}", failure);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }

    private async Task ConnectAndSubscribeAsync(CancellationToken cancellation)
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer(_broker.Host, _broker.Port).WithClientId(_name).Build();
        // The broker may still be starting: refused connections are tried again until the time is up.
        while (true)
        {
            try
            {
                var result = await _client.ConnectAsync(options, cancellation);
                if (result.ResultCode == MqttClientConnectResultCode.Success)
                    break;
                throw new UserException(ExitCode.Environment, $"the broker {_broker} refused the connection: {result.ResultCode}.");
            }
            catch (MqttCommunicationException) when (!cancellation.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            }
        }
        await _client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(ReplyTopic, MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(Topics.Error("+"), MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(Topics.Status("+"), MqttQualityOfServiceLevel.AtLeastOnce)
            .Build(), cancellation);
    }

    private void Receive(MqttApplicationMessage message)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(message.Payload);
        }
        catch (JsonException)
        {
            // Somebody else writes to these topics; what is no JSON is no answer.
            return;
        }
        var id = IsErrorTopic(message.Topic)
            ? json.RootElement.TryGetProperty("id", out var errorId) ? errorId.GetString() : null
            : Encoding.ASCII.GetString(message.CorrelationData ?? []);
        if (json.RootElement.TryGetProperty("state", out var state) && state.ValueEquals("online"))
            _online.TrySetResult();
        if (id is null || !_waiting.TryGetValue(id, out var answer) || !answer.TrySetResult(json))
            json.Dispose();
    }
}
