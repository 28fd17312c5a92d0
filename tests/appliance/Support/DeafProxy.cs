using System.Net.Sockets;

namespace Edge.Appliance.Tests.Support;

/// <summary>
/// When it is told to, keeps back every message that the broker delivers, while the broker answers pings and acknowledges: like one
/// whose receive window has closed. Later connections are whole.
/// </summary>
internal sealed class DeafProxy(int broker) : BrokerProxy(broker)
{
    private volatile int _deafUpTo;

    public void Deafen() => _deafUpTo = Connections;

    protected override async Task ToClientAsync(
        NetworkStream broker, NetworkStream client, int connection, CancellationToken cancellation)
    {
        while (true)
        {
            var packet = new List<byte>();
            do
            {
                packet.Add(await ByteAsync(broker, cancellation));
            }
            while (packet.Count == 1 || (packet[^1] & 0x80) != 0);
            var body = new byte[packet.Skip(1).Select((digit, i) => (digit & 0x7F) << (7 * i)).Sum()];
            await broker.ReadExactlyAsync(body, cancellation);
            if (packet[0] >> 4 != 3 || connection > _deafUpTo)
                await client.WriteAsync((byte[])[.. packet, .. body], cancellation);
        }
    }

    private static async Task<byte> ByteAsync(NetworkStream from, CancellationToken cancellation)
    {
        var one = new byte[1];
        await from.ReadExactlyAsync(one, cancellation);
        return one[0];
    }
}
