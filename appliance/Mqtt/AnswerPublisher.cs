using Edge.Appliance.Answering;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Publishes answers and errors until the broker has them, will not have them, or the connection is lost. Nothing is tried for ever:
/// what the broker refuses a few times, or ends the connection for a few times, is given up, so that it does not stop the others.
/// </summary>
internal sealed partial class AnswerPublisher(
    MqttOptions options, HealthState health, Suspects suspects, PublishGate gate, TimeProvider time, ILogger<AnswerPublisher> logger)
{
    private const int Attempts = 3;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private readonly RefusedTopics _answers = new(health, time, "answers-refused", "answers",
        "let the appliance's user publish to edge/analysis/# and to the response topics in the broker's access list");
    private readonly RefusedTopics _errors = new(health, time, "errors-refused", "errors",
        "let the appliance's user publish to edge/error/# in the broker's access list");

    /// <summary>Publishes to the message's response topic with its correlation data, or to the line's analysis topic.</summary>
    public Task<PublishResult> AnswerAsync(MqttLink link, string line, MqttApplicationMessage message, Answer answer)
    {
        var topic = string.IsNullOrEmpty(message.ResponseTopic) ? Topics.Analysis(line) : message.ResponseTopic;
        return PublishAsync(link, message, Build(topic, answer.Json, message.CorrelationData), _answers, isError: false);
    }

    /// <summary>Publishes an error, with the message's correlation data where the broker takes a packet of that size.</summary>
    public Task<PublishResult> ErrorAsync(MqttLink link, string line, MqttApplicationMessage message, UtteranceError error)
    {
        var json = ErrorWriter.Write(error);
        var packet = Build(Topics.Error(line), json, message.CorrelationData);
        if (PacketSize.Of(packet) > link.LargestPacket)
            packet = Build(Topics.Error(line), json, null);
        return PublishAsync(link, message, packet, _errors, isError: true);
    }

    private static MqttApplicationMessage Build(string topic, byte[] payload, byte[]? correlationData)
    {
        var builder = MqttLink.Message(topic, payload);
        if (correlationData is not null)
            builder.WithCorrelationData(correlationData);
        return builder.Build();
    }

    private async Task<PublishResult> PublishAsync(
        MqttLink link, MqttApplicationMessage message, MqttApplicationMessage packet, RefusedTopics refused, bool isError)
    {
        var size = PacketSize.Of(packet);
        if (size > link.LargestPacket)
            return GiveUp(packet.Topic, $"it takes {size} bytes, and the broker takes {link.LargestPacket} (max_packet_size)");
        for (var attempt = 1; ; attempt++)
        {
            var suspicion = suspects.Of(message, isError);
            if (suspicion == Suspicion.Convicted)
                return GiveUp(packet.Topic, "publishing it ended the connection to the broker each time");
            if (await TryPublishAsync(link, message, packet, isError, suspicion == Suspicion.PublishAlone) is not { } code)
                return new PublishResult(PublishOutcome.ConnectionLost);
            if (code < MqttClientPublishReasonCode.UnspecifiedError)
            {
                suspects.Clear(message, isError);
                refused.Remove(packet.Topic);
                return new PublishResult(PublishOutcome.Published);
            }
            Log.Refused(logger, RefusedTopics.Short(packet.Topic), code);
            // An access list may be in the middle of a change, once; a topic of the sender's choice is the sender's matter.
            var isHopeless = IsFinal(code) && (refused.Any || packet.Topic == message.ResponseTopic);
            if (isHopeless || attempt == Attempts)
            {
                if (IsFinal(code))
                    refused.Add(packet.Topic, $"{code}");
                return GiveUp(packet.Topic, $"the broker refuses it: {code}", warn: !IsFinal(code));
            }
            if (!await DelayAsync(link))
                return new PublishResult(PublishOutcome.ConnectionLost);
        }
    }

    // The broker's answer; null where the connection was lost first.
    private async Task<MqttClientPublishReasonCode?> TryPublishAsync(
        MqttLink link, MqttApplicationMessage message, MqttApplicationMessage packet, bool isError, bool isAlone)
    {
        using var entry = await gate.EnterAsync(isAlone, link.Closed);
        link.Closed.ThrowIfCancellationRequested(); // lost while it waited: this packet had no part in it
        for (var attempt = 1; !link.Closed.IsCancellationRequested; attempt++)
        {
            try
            {
                return (await link.PublishAsync(packet, options.Timeout)).ReasonCode;
            }
            catch (MqttProtocolViolationException violation)
            {
                Log.Failed(logger, RefusedTopics.Short(packet.Topic), violation.Message);
                return MqttClientPublishReasonCode.TopicNameInvalid;
            }
            catch (MqttClientNotConnectedException)
            {
                return null; // never left this machine
            }
            catch (Exception failure)
            {
                // Timeouts and whatever a connection throws while it goes down: which of the two shows in link.Closed. We stay in the
                // gate until it does, so that nobody else is suspected of what this packet did.
                if (!link.Closed.IsCancellationRequested && await DelayAsync(link))
                    Log.Failed(logger, RefusedTopics.Short(packet.Topic), failure.Message);
                if (attempt == Attempts)
                    link.Close($"the broker did not acknowledge a message {Attempts} times");
            }
        }
        if (!link.WasTakenOver)
            suspects.AddCut(message, isError, isAlone);
        return null;
    }

    private PublishResult GiveUp(string topic, string reason, bool warn = true)
    {
        Log.GivenUp(logger, RefusedTopics.Short(topic), reason);
        if (warn)
        {
            health.WarnOfEvent("message-given-up", HealthSeverity.Error,
                $"a message for {RefusedTopics.Short(topic)} could not be published: {reason}",
                "correct the sender's response topic, or raise the broker's limits (docs/guide/operate.md)");
        }
        return new PublishResult(PublishOutcome.Refused, reason);
    }

    private static bool IsFinal(MqttClientPublishReasonCode code) => code
        is MqttClientPublishReasonCode.NotAuthorized
        or MqttClientPublishReasonCode.TopicNameInvalid
        or MqttClientPublishReasonCode.PayloadFormatInvalid;

    private async Task<bool> DelayAsync(MqttLink link)
    {
        try
        {
            await Task.Delay(RetryDelay, time, link.Closed);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The broker refused a publish to {Topic}: {Code}")]
        public static partial void Refused(ILogger logger, string topic, MqttClientPublishReasonCode code);

        [LoggerMessage(2, LogLevel.Warning, "Publishing to {Topic} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string topic, string reason);

        [LoggerMessage(3, LogLevel.Error, "A message for {Topic} is given up: {Reason}")]
        public static partial void GivenUp(ILogger logger, string topic, string reason);
    }
}
