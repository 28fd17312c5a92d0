using MQTTnet.Exceptions;

namespace MQTTnet.Wire;

/// <summary>Cuts a byte stream into packets (MQTT 5 section 2.1), whatever pieces the bytes come in.</summary>
/// <param name="stream">The connection.</param>
/// <param name="maximumPacketSize">Bytes; a longer packet breaks what CONNECT announced. 0: no limit but the protocol's.</param>
internal sealed class PacketStreamReader(Stream stream, uint maximumPacketSize)
{
    // A body is first given this much and then doubled as its bytes really come:
    // a length of 256 MiB in a broken header must not cost 256 MiB.
    private const int FirstBodyCapacity = 1 << 20;

    private readonly byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;

    /// <summary>The next packet, or null when the stream has ended, between packets or within one.</summary>
    public async ValueTask<RawPacket?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await ReadByteAsync(cancellationToken).ConfigureAwait(false) is not { } firstByte)
            return null;
        if (await ReadRemainingLengthAsync(cancellationToken).ConfigureAwait(false) is not { } length)
            return null;
        if (maximumPacketSize > 0 && length + 2L > maximumPacketSize)
        {
            throw new MqttProtocolViolationException(
                $"A packet of {length} bytes came; CONNECT announced a maximum of {maximumPacketSize} [MQTT-3.1.2-24].");
        }
        if (await ReadBodyAsync(length, cancellationToken).ConfigureAwait(false) is not { } body)
            return null;
        return new RawPacket(firstByte, body);
    }

    /// <summary>Section 2.1.4.</summary>
    private async ValueTask<int?> ReadRemainingLengthAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        for (var shift = 0; shift <= 21; shift += 7)
        {
            if (await ReadByteAsync(cancellationToken).ConfigureAwait(false) is not { } next)
                return null;
            length |= (next & 127) << shift;
            if ((next & 128) == 0)
                return length;
        }
        throw new MqttProtocolViolationException("Remaining length is invalid: more than four bytes.");
    }

    private async ValueTask<byte[]?> ReadBodyAsync(int length, CancellationToken cancellationToken)
    {
        if (length == 0)
            return [];
        var body = new byte[Math.Min(length, FirstBodyCapacity)];
        var filled = Math.Min(length, _end - _start);
        if (filled > body.Length)
            filled = body.Length;
        _buffer.AsSpan(_start, filled).CopyTo(body);
        _start += filled;
        while (filled < length)
        {
            if (filled == body.Length)
                Array.Resize(ref body, (int)Math.Min(length, body.Length * 2L));
            var count = await stream.ReadAsync(body.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (count == 0)
                return null;
            filled += count;
        }
        return body;
    }

    private async ValueTask<byte?> ReadByteAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
            if (_end == 0)
                return null;
        }
        return _buffer[_start++];
    }
}
