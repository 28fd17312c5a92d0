using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Edge.Appliance.Analysis;
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
/// If anything ends before 5 (a crash, a lost connection) the broker delivers the message again. What can never be published is given
/// up: the message gets an error and is acknowledged.
/// </summary>
internal sealed partial class MessageHandler(
    UtteranceReader reader, IdempotentAnswerer answerer, AnswerPublisher publisher, InFlightMessages inFlight,
    BrokerNotices notices, Metrics metrics, ILogger<MessageHandler> logger)
{
    private readonly TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    /// <summary>Fails when handling a message failed in a way that nobody foresaw, its error included.</summary>
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
        if (notices.TryTake(link, args.ApplicationMessage))
        {
            link.Finish();
            return;
        }
        args.AutoAcknowledge = false;
        if (_isStopping)
            return;
        // QoS 1: free at once as long as the broker keeps to the receive maximum.
        if ((IsAcknowledged(args) ? await inFlight.EnterAsync(link.Closed) : inFlight.TryEnter()) is { } slot)
        {
            _ = HandleAsync(link, args, slot);
            return;
        }
        metrics.CountError(ErrorCodes.Overloaded);
        link.Finish();
    }

    private async Task HandleAsync(
        MqttLink link, MqttApplicationMessageReceivedEventArgs args, LinkedListNode<InFlightMessages.Slot> slot)
    {
        try
        {
            if (await AnswerOrFailAsync(link, args, slot.Value.Since) && await AcknowledgeAsync(link, args))
            {
                inFlight.Finished();
                link.Finish();
            }
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
            inFlight.Leave(slot);
        }
    }

    // A fault that one message brings must not end the service: after a restart the broker would deliver it again, and so for ever.
    private async Task<bool> AnswerOrFailAsync(MqttLink link, MqttApplicationMessageReceivedEventArgs args, long received)
    {
        var message = args.ApplicationMessage;
        if (!Topics.TryGetLine(message.Topic, out var line))
            return true;
        try
        {
            return await AnswerAsync(link, line, args, received);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.Fault(logger, line, fault);
            return await FailAsync(link, line, message, new UtteranceError(ErrorCodes.AnalysisFailed,
                "handling the message failed; the appliance's log says why"));
        }
    }

    // True: done with the message, acknowledge it.
    private async Task<bool> AnswerAsync(MqttLink link, string line, MqttApplicationMessageReceivedEventArgs args, long received)
    {
        // 1. Read.
        var message = args.ApplicationMessage;
        if (!TryRead(link, line, args, out var utterance, out var error))
            return await FailAsync(link, line, message, error);

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
        var (outcome, reason) = await publisher.AnswerAsync(link, line, message, answer);
        if (outcome == PublishOutcome.ConnectionLost
            || (outcome == PublishOutcome.Refused
                && !await FailAsync(link, line, message, new UtteranceError(ErrorCodes.AnswerRefused,
                    $"the answer could not be published: {reason}", utterance.Id))))
            return false;

        // 4. Wait for the store.
        await answer.Stored.WaitAsync(link.Closed);
        return true;
    }

    private bool TryRead(
        MqttLink link, string line, MqttApplicationMessageReceivedEventArgs args,
        [NotNullWhen(true)] out Utterance? utterance, [NotNullWhen(false)] out UtteranceError? error)
    {
        var message = args.ApplicationMessage;
        utterance = null;
        if (IsAcknowledged(args) && link.TryTakeCut(args.PacketIdentifier, out var length))
        {
            error = new UtteranceError(ErrorCodes.MessageTooLarge,
                $"the message has {length} bytes; use {MqttLink.LargestMessage} at most");
            return false;
        }
        if (line.Length > Topics.LongestLine)
        {
            error = new UtteranceError(ErrorCodes.BadLine,
                $"the line's name has {line.Length} UTF-16 code units; use {Topics.LongestLine} at most");
            return false;
        }
        if (!reader.TryRead(Payload(message), UtteranceForm.Either, out utterance, out error))
            return false;
        if (string.IsNullOrEmpty(message.ResponseTopic) || Topics.IsResponseTopic(message.ResponseTopic))
            return true;
        error = new UtteranceError(ErrorCodes.BadResponseTopic, Topics.ResponseTopicRule, utterance.Id);
        return false;
    }

    private async Task<bool> FailAsync(MqttLink link, string line, MqttApplicationMessage message, UtteranceError error)
    {
        var (outcome, _) = await publisher.ErrorAsync(link, line, message, error);
        if (outcome == PublishOutcome.ConnectionLost)
            return false;
        metrics.CountError(error.Code);
        Log.Failed(logger, RefusedTopics.Short(line), error.Id, error.Code, error.Message);
        return true;
    }

    // 5. Acknowledge.
    private static async Task<bool> AcknowledgeAsync(MqttLink link, MqttApplicationMessageReceivedEventArgs args)
    {
        try
        {
            if (IsAcknowledged(args))
                await args.AcknowledgeAsync(link.Closed);
            return true;
        }
        catch (Exception failure)
        {
            // After a disconnect MQTTnet throws whatever it stumbles over, NullReferenceException included. The answer is out;
            // the message comes again and its id finds the answer in the cache. Without a new connection it would never come.
            link.Close($"acknowledging failed: {failure.GetBaseException().Message}");
            return false;
        }
    }

    private static bool IsAcknowledged(MqttApplicationMessageReceivedEventArgs args) =>
        args.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;

    private static ReadOnlySpan<byte> Payload(MqttApplicationMessage message) =>
        message.Payload.IsSingleSegment ? message.Payload.FirstSpan : message.Payload.ToArray();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Line {Line}: message {Id} got the error {Code}: {Reason}")]
        public static partial void Failed(ILogger logger, string line, string? id, string code, string reason);

        [LoggerMessage(2, LogLevel.Error, "Line {Line}: handling a message failed")]
        public static partial void Fault(ILogger logger, string line, Exception fault);
    }
}
