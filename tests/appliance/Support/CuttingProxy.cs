using System.Net.Sockets;
using System.Text;

namespace Edge.Appliance.Tests.Support;

/// <summary>Ends the connection of a client that sends a certain text, as brokers do for reasons of their own.</summary>
internal sealed class CuttingProxy(int broker, string text) : BrokerProxy(broker)
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(text);
    private int _cuts;

    public int Cuts => Volatile.Read(ref _cuts);

    protected override async Task ToBrokerAsync(NetworkStream client, NetworkStream broker, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (buffer.AsSpan(0, read).IndexOf(_text) >= 0)
            {
                Interlocked.Increment(ref _cuts);
                return;
            }
            await broker.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }
}
