using System.Buffers;
using Edge.Appliance.Answering;
using Edge.Appliance.Health;
using MQTTnet;
using MQTTnet.Protocol;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// What happens to one message:
/// 1. read it; a malformed one gets an error instead of an answer;
/// 2. look its id up, or analyse it and have it stored where uncertain;
/// 3. publish the answer and wait for the broker's acknowledgement;
/// 4. wait until the uncertain case is on disk;
/// 5. only then acknowledge the message.
/// If anything ends before 5 (a crash, a lost connection) the broker delivers the message again.
/// </summary>
internal sealed partial class MessageHandler(
    UtteranceReader reader, IdempotentAnswerer answerer, AnswerPublisher publisher, InFlightMessages inFlight,
    Metrics metrics, TimeProvider time, ILogger<MessageHandler> logger)
{
    private readonly TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    /// <summary>Fails when handling a message failed in a way that nobody foresaw.</summary>
    public Task Fault => _fault.Task;

    /// <summary>Messages that were taken and are not finished.</summary>
    public int InFlight => inFlight.Count;

    /// <summary>From now on messages are left to the broker.</summary>
    /// <returns>Ends when those that were taken are finished.</returns>
    public Task StopTaking()
    {
        _isStopping = true;
        return inFlight.WhenIdleAsync();
    }

    /// <summary>Takes a message; returns when it has a slot, and handles it in the background.</summary>
    public async Task TakeAsync(MqttLink link, MqttApplicationMessageReceivedEventArgs args)
    {
        var received = time.GetTimestamp();
        args.AutoAcknowledge = false;
        if (_isStopping)
            return;
        if (args.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce)
        {
            // Free at once as long as the broker keeps to the receive maximum and senders use QoS 1.
            await inFlight.EnterAsync(link.Closed);
        }
        else if (!inFlight.TryEnter())
        {
            metrics.CountError(ErrorCodes.Overloaded);
            return;
        }
        _ = HandleAsync(link, args, received);
    }

    private async Task HandleAsync(MqttLink link, MqttApplicationMessageReceivedEventArgs args, long received)
    {
        try
        {
            if (await AnswerAsync(link, args.ApplicationMessage, received))
                await AcknowledgeAsync(link, args);
        }
        catch (OperationCanceledException)
        {
            // The connection or the store is gone, or the queue is closed: the message comes again.
        }
        catch (Exception failure)
        {
            _fault.TrySetException(failure);
        }
        finally
        {
            inFlight.Leave();
        }
    }

    // True: done with the message, acknowledge it.
    private async Task<bool> AnswerAsync(MqttLink link, MqttApplicationMessage message, long received)
    {
        // 1. Read.
        if (!Topics.TryGetLine(message.Topic, out var line))
            return true;
        var hasResponseTopic = !string.IsNullOrEmpty(message.ResponseTopic);
        if (!reader.TryRead(Payload(message), UtteranceForm.Either, out var utterance, out var error))
            return await FailAsync(link, line, message, error);
        if (hasResponseTopic && !Topics.IsResponseTopic(message.ResponseTopic))
        {
            return await FailAsync(link, line, message, new UtteranceError(ErrorCodes.BadResponseTopic,
                "the response topic has a wildcard, begins with $, or is a topic of utterances; use a topic of your own", utterance.Id));
        }

        // 2. Look up, or analyse.
        Answer answer;
        try
        {
            answer = await answerer.AnswerAsync(line, utterance, received);
        }
        catch (AnalysisException)
        {
            return await FailAsync(link, line, message, new UtteranceError(ErrorCodes.AnalysisFailed,
                "the utterance could not be analysed; the appliance's log says why", utterance.Id));
        }

        // 3. Publish.
        var outcome = await publisher.AnswerAsync(link, line, message, answer);
        if (outcome == PublishOutcome.Refused)
        {
            await FailAsync(link, line, message, new UtteranceError(ErrorCodes.AnswerRefused,
                "the broker refused to publish to the response topic; allow it in the broker's access list", utterance.Id));
        }
        else if (outcome == PublishOutcome.ConnectionLost)
        {
            return false;
        }

        // 4. Wait for the store.
        await answer.Stored.WaitAsync(link.Closed);
        return true;
    }

    private async Task<bool> FailAsync(MqttLink link, string line, MqttApplicationMessage message, UtteranceError error)
    {
        metrics.CountError(error.Code);
        Log.Failed(logger, line, error.Id, error.Code, error.Message);
        return await publisher.ErrorAsync(link, line, message, error) != PublishOutcome.ConnectionLost;
    }

    // 5. Acknowledge.
    private static async Task AcknowledgeAsync(MqttLink link, MqttApplicationMessageReceivedEventArgs args)
    {
        if (args.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
            return;
        try
        {
            await args.AcknowledgeAsync(link.Closed);
        }
        catch (Exception failure)
        {
            // After a disconnect MQTTnet throws whatever it stumbles over, NullReferenceException included. The answer is out;
            // the message comes again and its id finds the answer in the cache. Without a new connection it would never come.
            link.Close($"acknowledging failed: {failure.GetBaseException().Message}");
        }
    }

    private static ReadOnlySpan<byte> Payload(MqttApplicationMessage message) =>
        message.Payload.IsSingleSegment ? message.Payload.FirstSpan : message.Payload.ToArray();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Line {Line}: message {Id} got the error {Code}: {Reason}")]
        public static partial void Failed(ILogger logger, string line, string? id, string code, string reason);
    }
}
