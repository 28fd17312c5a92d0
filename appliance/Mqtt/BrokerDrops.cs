using System.Buffers;
using System.Buffers.Text;
using Edge.Appliance.Health;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Messages that mosquitto says it has dropped (<c>$SYS</c>, mosquitto(8)): it drops without a word to the sender when a client's queue
/// is full.
/// </summary>
internal sealed class BrokerDrops(HealthState health)
{
    /// <summary>Where mosquitto says it, every <c>sys_interval</c>.</summary>
    public const string Topic = "$SYS/broker/publish/messages/dropped";

    private long _last;

    /// <summary>Messages that it has dropped since its start, of any client; 0 where it does not say.</summary>
    public long Count => Interlocked.Read(ref _last);

    /// <summary>Takes the counter.</summary>
    public void Receive(ReadOnlySequence<byte> payload)
    {
        if (!Utf8Parser.TryParse(payload.ToArray(), out long count, out _))
            return;
        var before = Interlocked.Exchange(ref _last, count);
        if (count <= before)
            return; // unchanged, or the broker has started anew
        health.WarnOfEvent("broker-drops", HealthSeverity.Error,
            $"the broker has dropped {count - before} messages ({count} since its start); utterances may be among them",
            "raise max_queued_messages in mosquitto.conf (docs/guide/operate.md, The broker); edge-bench doctor checks the file");
    }
}
