using Edge.Appliance.Configuration;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// An orderly stop: what is in flight is finished before we leave. A member of a group that has others hands over first: it takes no
/// more utterances, finishes what the broker has queued for it, and ends its session. Where nobody else is there, and without a group,
/// the session stays and keeps what is published while we are away.
/// </summary>
internal sealed partial class Farewell(
    ApplianceOptions options, MqttConnector connector, MessageHandler handler, GroupMembers members, StatusEcho echo,
    TimeProvider time, ILogger<Farewell> logger)
{
    /// <summary>Says it.</summary>
    public async Task SayAsync(MqttLink link)
    {
        using var limit = new CancellationTokenSource(options.DrainTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, link.Closed);
        Log.Draining(logger, handler.InFlight);
        var isEmpty = await IsLastAsync(link, end.Token) ? false : await HandOverAsync(link, end.Token);
        var drained = handler.StopTaking();
        await drained.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (drained.IsCompleted)
            Log.Drained(logger);
        else
            Log.NotDrained(logger, handler.InFlight);
        await connector.LeaveAsync(link, isEmpty);
    }

    // All members see the statuses in the broker's order: of those that leave at the same time, one sees that all others have left.
    private async Task<bool> IsLastAsync(MqttLink link, CancellationToken end)
    {
        if (options.Mqtt.SharedGroup is null || !link.HearsItself || !members.HasOthers)
            return true;
        try
        {
            await connector.SayLeavingAsync(link, echo).WaitAsync(options.Mqtt.Timeout, time, end);
            return !members.HasOthers;
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            return true;
        }
    }

    private async Task<bool> HandOverAsync(MqttLink link, CancellationToken end)
    {
        var isEmpty = await SessionEnd.EmptyAsync(link, Topics.UtteranceFilter(options.Mqtt.SharedGroup), end);
        if (isEmpty)
            Log.HandedOver(logger);
        return isEmpty;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Stopping: {Count} messages in flight")]
        public static partial void Draining(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Information, "Drained: every message that was taken is answered and acknowledged")]
        public static partial void Drained(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "{Count} messages are not finished; the broker delivers them again")]
        public static partial void NotDrained(ILogger logger, int count);

        [LoggerMessage(4, LogLevel.Information, "Handed over to the group: nothing is left in this session")]
        public static partial void HandedOver(ILogger logger);
    }
}
