using MQTTnet;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Finishes a session of a shared subscription, so that nothing of it is lost when it ends: mosquitto throws away what is queued for a
/// session that ends, and does not give it to the rest of the group.
/// </summary>
internal static class SessionEnd
{
    /// <summary>
    /// 1. unsubscribes, so that the group's utterances go to the others; 2. handles what is queued, until a ping shows that nothing more
    /// comes: the broker answers it after everything that it had to send.
    /// </summary>
    /// <param name="link">The session.</param>
    /// <param name="filter">Its subscription.</param>
    /// <param name="limit">Ends the wait.</param>
    /// <returns>Whether the session is empty.</returns>
    public static async Task<bool> EmptyAsync(MqttLink link, string filter, CancellationToken limit)
    {
        try
        {
            await link.Client.UnsubscribeAsync(filter, limit);
            while (true)
            {
                await link.WhenFinishedAsync().WaitAsync(limit);
                var received = link.Received;
                await link.Client.PingAsync(limit);
                if (link.Received == received && link.IsFinished)
                    return true;
            }
        }
        catch (Exception) when (limit.IsCancellationRequested || link.Closed.IsCancellationRequested)
        {
            return false; // whatever MQTTnet throws then
        }
    }
}
