using System.Buffers.Binary;
using System.Net;
using System.Numerics;

namespace TorchSharp.Utils;

/// <summary>
/// Appends events as records: length, its checksum, the event, its checksum. Each record is complete on disk when the call
/// returns, so that a killed training leaves a readable file.
/// <see href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details"/>
/// </summary>
internal sealed class EventFile
{
    private static int _files;

    private readonly string _path;

    internal EventFile(string directory, string? suffix)
    {
        Directory.CreateDirectory(directory);
        var name = $"events.out.tfevents.{DateTime.Now.Ticks}.{Dns.GetHostName()}.{Environment.ProcessId}.{Interlocked.Increment(ref _files)}";
        _path = Path.Combine(directory, string.IsNullOrEmpty(suffix) ? name : $"{name}.{suffix}");
        Append(new ProtoWriter().Double(1, Now()).Text(3, "brain.Event:2"));
    }

    /// <summary>Writes one Event with one Summary.Value.</summary>
    internal void Append(ProtoWriter value, int step, long? wallTime)
    {
        var summary = new ProtoWriter().Message(1, value);
        Append(new ProtoWriter().Double(1, wallTime ?? Now()).Integer(2, step).Message(5, summary));
    }

    private static long Now() => DateTimeOffset.Now.ToUnixTimeSeconds();

    private void Append(ProtoWriter message)
    {
        var data = message.ToArray();
        var record = new byte[8 + 4 + data.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedChecksum(record.AsSpan(0, 8)));
        data.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), MaskedChecksum(data));
        using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(record);
    }

    // CRC-32C, turned and shifted as the format wants it, so that a checksum of a checksum is no special case.
    private static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8u;
    }
}
