using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Reads the bytes of a connection and cuts messages that are too large, before anybody makes room for them: such a PUBLISH keeps its
/// topic, identifier and properties (MQTT 5, 3.3) and loses its payload, so that it can be refused and acknowledged like any other.
/// Not by MQTT's maximum packet size: the broker would drop the message without a word, and mosquitto 2.0.11 forgets to open the
/// receive window again, until nothing comes any more.
/// </summary>
internal sealed class LimitedChannel(IMqttChannel inner, int largest, Action onPublish, Action<ushort, long> onCut) : IMqttChannel
{
    private const int Publish = 3;
    private const int QosBits = 0b0110;
    private readonly byte[] _header = new byte[5];
    private ReadOnlyMemory<byte> _ready; // bytes of a header, or of a cut packet, that the reader has not taken
    private int _bodyLeft; // of the packet that goes through as it is

    /// <inheritdoc/>
    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    /// <inheritdoc/>
    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    /// <inheritdoc/>
    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    /// <inheritdoc/>
    public bool IsSecureConnection => inner.IsSecureConnection;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    /// <inheritdoc/>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        while (_ready.IsEmpty && _bodyLeft == 0)
        {
            if (!await ReadHeaderAsync(cancellationToken))
                return 0;
        }
        if (!_ready.IsEmpty)
        {
            var taken = Math.Min(count, _ready.Length);
            _ready.Span[..taken].CopyTo(buffer.AsSpan(offset));
            _ready = _ready[taken..];
            return taken;
        }
        var read = await inner.ReadAsync(buffer, offset, Math.Min(count, _bodyLeft), cancellationToken);
        _bodyLeft -= read;
        return read;
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    // False: the connection has ended.
    private async Task<bool> ReadHeaderAsync(CancellationToken cancellation)
    {
        if (!await FillAsync(_header, 0, 2, cancellation))
            return false;
        var length = 2;
        while ((_header[length - 1] & 0x80) != 0 && length < _header.Length)
        {
            if (!await FillAsync(_header, length++, 1, cancellation))
                return false;
        }
        var body = Number(_header.AsSpan(1, length - 1));
        if (_header[0] >> 4 == Publish && body > largest)
            return await CutAsync(_header[0], body, cancellation);
        if (_header[0] >> 4 == Publish)
            onPublish();
        (_ready, _bodyLeft) = (_header.AsMemory(0, length), body);
        return true;
    }

    private async Task<bool> CutAsync(byte first, int body, CancellationToken cancellation)
    {
        // 1. What stands before the payload: topic, packet identifier, properties.
        var kept = new ArrayBufferWriter<byte>();
        if (!await KeepAsync(kept, 2, cancellation)
            || !await KeepAsync(kept, BinaryPrimitives.ReadUInt16BigEndian(kept.WrittenSpan), cancellation))
            return false;
        var isAcknowledged = (first & QosBits) != 0;
        if (isAcknowledged && !await KeepAsync(kept, 2, cancellation))
            return false;
        var identifier = isAcknowledged ? BinaryPrimitives.ReadUInt16BigEndian(kept.WrittenSpan[^2..]) : (ushort)0;
        var left = body - kept.WrittenCount;
        var length = new byte[4];
        var digits = 0;
        do
        {
            if (!await FillAsync(length, digits, 1, cancellation))
                return false;
        }
        while ((length[digits++] & 0x80) != 0 && digits < length.Length);
        left -= digits;
        var properties = Number(length);
        if (properties <= largest && properties <= left)
        {
            kept.Write(length.AsSpan(0, digits));
            if (!await KeepAsync(kept, properties, cancellation))
                return false;
            left -= properties;
        }
        else
        {
            kept.Write([(byte)0]);
        }

        // 2. The rest goes by.
        if (!await SkipAsync(left, cancellation))
            return false;
        onCut(identifier, body);

        // 3. Nobody waits for a QoS 0 message to be acknowledged.
        if (isAcknowledged)
            onPublish();
        _ready = isAcknowledged ? (byte[])[first, .. Digits(kept.WrittenCount), .. kept.WrittenSpan] : default;
        return true;
    }

    private async Task<bool> KeepAsync(ArrayBufferWriter<byte> kept, int count, CancellationToken cancellation)
    {
        var part = new byte[count];
        if (!await FillAsync(part, 0, count, cancellation))
            return false;
        kept.Write(part);
        return true;
    }

    private async Task<bool> SkipAsync(int count, CancellationToken cancellation)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (count > 0)
            {
                var read = await inner.ReadAsync(scratch, 0, Math.Min(count, scratch.Length), cancellation);
                if (read == 0)
                    return false;
                count -= read;
            }
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private async Task<bool> FillAsync(byte[] buffer, int offset, int count, CancellationToken cancellation)
    {
        for (var end = offset + count; offset < end;)
        {
            var read = await inner.ReadAsync(buffer, offset, end - offset, cancellation);
            if (read == 0)
                return false;
            offset += read;
        }
        return true;
    }

    // Variable byte integer: seven bits a byte, the lowest first (MQTT 5, 1.5.5).
    private static int Number(ReadOnlySpan<byte> bytes)
    {
        var value = 0;
        for (var i = 0; i < 4 && i < bytes.Length; i++)
        {
            value |= (bytes[i] & 0x7F) << (7 * i);
            if ((bytes[i] & 0x80) == 0)
                break;
        }
        return value;
    }

    private static IEnumerable<byte> Digits(int value)
    {
        do
        {
            var digit = (byte)(value & 0x7F);
            value >>= 7;
            yield return value > 0 ? (byte)(digit | 0x80) : digit;
        }
        while (value > 0);
    }
}
