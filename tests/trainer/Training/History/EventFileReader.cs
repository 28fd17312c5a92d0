using System.Buffers.Binary;
using System.Text;

namespace Edge.Trainer.Tests.Training.History;

/// <summary>
/// Reads TensorBoard's files from the format's description alone: records of length, masked CRC-32C, data, masked CRC-32C
/// (https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details), each an Event of event.proto.
/// </summary>
internal static class EventFileReader
{
    // CRC-32C (Castagnoli), reflected polynomial 0x82F63B78, a bit at a time.
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78u;
        }
        return ~crc;
    }

    public static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = Crc32C(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }

    /// <summary>The file's version, and its scalars in order.</summary>
    public static (string Version, IReadOnlyList<(string Tag, long Step, float Value)> Scalars) Read(string path)
    {
        var file = File.ReadAllBytes(path).AsSpan();
        var version = "";
        var scalars = new List<(string, long, float)>();
        while (file.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
            Assert.Equal(Masked(file[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
            var data = file.Slice(12, length);
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + length)..]));
            file = file[(16 + length)..];

            // Event: 1 wall_time double, 2 step int64, 3 file_version string, 5 summary. Summary: 1 value, repeated. Value: 1 tag, 2
            // simple_value float.
            var (step, wallTime) = (0L, 0.0);
            var values = new List<(string Tag, float Value)>();
            foreach (var field in Fields(data.ToArray()))
            {
                if (field.Number == 1)
                    wallTime = BitConverter.Int64BitsToDouble((long)field.Integer);
                else if (field.Number == 2)
                    step = (long)field.Integer;
                else if (field.Number == 3)
                    version = Encoding.UTF8.GetString(field.Bytes);
                else if (field.Number == 5)
                    values.AddRange(Fields(field.Bytes).Where(f => f.Number == 1).Select(f => Value(f.Bytes)));
            }
            if (values.Count > 0)
                Assert.InRange(wallTime, 1e9, 1e11); // seconds since 1970
            scalars.AddRange(values.Select(value => (value.Tag, step, value.Value)));
        }
        return (version, scalars);
    }

    private static (string Tag, float Value) Value(byte[] message)
    {
        var fields = Fields(message).ToDictionary(field => field.Number);
        return (Encoding.UTF8.GetString(fields[1].Bytes), BitConverter.Int32BitsToSingle((int)fields[2].Integer));
    }

    // Wire types: 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes.
    private static IEnumerable<(int Number, ulong Integer, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return (number, Varint(message, ref at), []);
                    break;
                case 1:
                    yield return (number, BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at)), []);
                    at += 8;
                    break;
                case 5:
                    yield return (number, BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at)), []);
                    at += 4;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return (number, 0, message[at..(at + length)]);
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
