using Edge.Appliance.Answering;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Edge.Appliance.Mqtt;

/// <summary>Publishes answers and errors, again and again until the broker has them or the connection is lost.</summary>
internal sealed partial class AnswerPublisher(MqttOptions options, HealthState health, TimeProvider time, ILogger<AnswerPublisher> logger)
{
    private const string RefusedWarning = "answers-refused";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Publishes to the message's response topic with its correlation data, or to the line's analysis topic. Refused is
    /// returned for the former only: for the latter the access list must be put right, and until then we try again.
    /// </summary>
    public async Task<PublishOutcome> AnswerAsync(MqttLink link, string line, MqttApplicationMessage message, Answer answer)
    {
        var isResponse = !string.IsNullOrEmpty(message.ResponseTopic);
        var topic = isResponse ? message.ResponseTopic : Topics.Analysis(line);
        while (true)
        {
            var outcome = await PublishAsync(link, topic, message.CorrelationData, answer.Json);
            if (outcome != PublishOutcome.Refused || isResponse)
                return outcome;
            health.Warn(RefusedWarning, HealthSeverity.Error,
                $"the broker refuses answers on {topic}; the line's utterances stay unacknowledged",
                "let the appliance's user publish to edge/analysis/# in the broker's access list");
            if (!await DelayAsync(link))
                return PublishOutcome.ConnectionLost;
        }
    }

    /// <summary>Publishes an error, with the message's correlation data.</summary>
    public async Task<PublishOutcome> ErrorAsync(MqttLink link, string line, MqttApplicationMessage message, UtteranceError error)
    {
        var topic = Topics.Error(line);
        var outcome = await PublishAsync(link, topic, message.CorrelationData, ErrorWriter.Write(error));
        if (outcome == PublishOutcome.Refused)
        {
            health.Warn("errors-refused", HealthSeverity.Warning, $"the broker refuses errors on {topic}",
                "let the appliance's user publish to edge/error/# in the broker's access list");
        }
        return outcome;
    }

    private async Task<PublishOutcome> PublishAsync(MqttLink link, string topic, byte[]? correlationData, byte[] payload)
    {
        var builder = MqttLink.Message(topic, payload);
        if (correlationData is not null)
            builder.WithCorrelationData(correlationData);
        var message = builder.Build();
        while (true)
        {
            try
            {
                var result = await link.PublishAsync(message, options.Timeout);
                if (result.IsSuccess)
                {
                    health.Clear(RefusedWarning);
                    return PublishOutcome.Published;
                }
                Log.Refused(logger, topic, result.ReasonCode);
                if (IsFinal(result.ReasonCode))
                    return PublishOutcome.Refused;
            }
            catch (MqttProtocolViolationException violation)
            {
                Log.Failed(logger, topic, violation.Message);
                return PublishOutcome.Refused;
            }
            catch (Exception failure)
            {
                // Timeouts and whatever a connection throws while it goes down: which of the two shows in link.Closed.
                if (!link.Closed.IsCancellationRequested)
                    Log.Failed(logger, topic, failure.Message);
            }
            if (!await DelayAsync(link))
                return PublishOutcome.ConnectionLost;
        }
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
    }
}
