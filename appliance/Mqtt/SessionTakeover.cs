using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using MQTTnet.Exceptions;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Finishes the sessions of members of the group that are gone without a word (killed, cut off): the broker goes on queueing the
/// group's utterances for them, and throws them away when the session expires. We connect under the client id of the one that is gone,
/// handle what is queued, and end its session. Where it comes back meanwhile, the broker gives the session back to it.
/// </summary>
internal sealed partial class SessionTakeover(
    ApplianceOptions options, MqttConnector connector, MessageHandler handler, GroupMembers members, HealthState health,
    TimeProvider time, ILogger<SessionTakeover> logger)
    : BackgroundService
{
    // A service that is restarted is back within it, and serves its session itself.
    private static readonly TimeSpan GoneFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // While we are cut off ourselves, what we know of the others is old.
                foreach (var clientId in health.BrokerProblem is null ? members.Orphans(GoneFor) : [])
                    await TakeOverAsync(clientId, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is not finished stays in the session, and the next member takes it over.
        }
    }

    private async Task TakeOverAsync(string clientId, CancellationToken stoppingToken)
    {
        using var link = await connector.TryTakeOverAsync(clientId, handler.TakeAsync, stoppingToken);
        if (link is null)
            return;
        try
        {
            if (link.IsSessionPresent)
            {
                Log.TakesOver(logger, clientId);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, link.Closed);
                if (!await SessionEnd.EmptyAsync(link, Topics.UtteranceFilter(options.Mqtt.SharedGroup), end.Token))
                {
                    stoppingToken.ThrowIfCancellationRequested();
                    Log.NotFinished(logger, clientId, link.CloseReason);
                    return;
                }
            }
            await connector.DisconnectAsync(link, endsSession: true);
            members.Forget(clientId);
            if (link.IsSessionPresent)
                Log.Finished(logger, clientId, link.Received);
        }
        catch (Exception failure) when (failure is MqttCommunicationException or IOException
            || (failure is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            Log.NotFinished(logger, clientId, failure.GetBaseException().Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{ClientId} of this group is gone: taking its session over")]
        public static partial void TakesOver(ILogger logger, string clientId);

        [LoggerMessage(2, LogLevel.Information, "The session of {ClientId} is finished: {Count} messages")]
        public static partial void Finished(ILogger logger, string clientId, long count);

        [LoggerMessage(3, LogLevel.Warning, "The session of {ClientId} is not finished: {Reason}")]
        public static partial void NotFinished(ILogger logger, string clientId, string reason);
    }
}
