using System.Buffers.Binary;
using System.Text;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Bytes of a pickle, with their position. Lengths are checked against what is left before anything is allocated.</summary>
/// <param name="place">File, for messages.</param>
/// <param name="stream">Where the bytes come from; can seek.</param>
internal sealed class PickleInput(string place, Stream stream)
{
    /// <summary>Most bytes of one string. Names of tensors have some dozens.</summary>
    private const int LongestString = 1 << 16;

    /// <summary>File, for messages.</summary>
    public string Place => place;

    /// <summary>Next byte's position.</summary>
    public long Position => stream.Position;

    /// <summary>Reads one byte.</summary>
    public byte ReadByte()
    {
        var value = stream.ReadByte();
        return value >= 0 ? (byte)value : throw TooShort(1);
    }

    /// <summary>Reads some bytes.</summary>
    public byte[] ReadBytes(long count)
    {
        if (count < 0 || count > LongestString)
            throw new CheckpointException(place,
                $"byte {Position}: a string of {count} bytes; state dicts have at most {LongestString}. The file is damaged or no " +
                "state dict.");
        if (count > stream.Length - stream.Position)
            throw TooShort(count);
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads an Int32, little endian.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(4));

    /// <summary>Reads an Int64, little endian.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(8));

    /// <summary>Reads a Float64, big endian as pickle has it.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(ReadBytes(8));

    /// <summary>Reads a text of a known length.</summary>
    public string ReadText(long count) => Encoding.UTF8.GetString(ReadBytes(count));

    /// <summary>Reads a text that ends with a line feed.</summary>
    public string ReadLine()
    {
        var bytes = new List<byte>();
        for (var next = ReadByte(); next != '\n'; next = ReadByte())
        {
            if (bytes.Count == LongestString)
                throw new CheckpointException(
                    place, $"byte {Position}: a name of more than {LongestString} bytes. The file is damaged or no state dict.");
            bytes.Add(next);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>Skips values.</summary>
    public void Skip(long count) => stream.Position += count;

    /// <summary>Bytes that are left.</summary>
    public long Left => stream.Length - stream.Position;

    private CheckpointException TooShort(long count) =>
        new(place, $"ends at byte {stream.Length}, where {count} more are needed. The file is damaged or not whole; copy or download " +
            "it again.");
}
