using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Bytes of a file that values lie in. Known to lie within the file when it was opened.</summary>
/// <param name="File">Path.</param>
/// <param name="Start">First byte.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="Checksum">CRC-32 of the bytes where the file tells one (zip).</param>
internal sealed record FileRange(string File, long Start, long Length, uint? Checksum = null)
{
    private const int ChunkSize = 1 << 20;

    private bool _checked;

    /// <summary>Reads some of the bytes; the first time it also checks all of them against their checksum.</summary>
    /// <param name="from">First byte, from the range's start.</param>
    /// <param name="count">Number of bytes.</param>
    /// <exception cref="CheckpointException">The bytes are not those that were written.</exception>
    public byte[] Read(long from, int count)
    {
        using var handle = System.IO.File.OpenHandle(File);
        if (Checksum is { } expected && !_checked)
        {
            var found = Crc(handle);
            if (found != expected)
            {
                throw new CheckpointException(
                    File, $"the {Length} bytes from {Start} on have the checksum {found:x8}, not {expected:x8} as the file says; it is " +
                        "damaged. Copy or download it again.");
            }
            _checked = true;
        }
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var read = RandomAccess.Read(handle, bytes.AsSpan(done, Math.Min(ChunkSize, count - done)), Start + from + done);
            if (read == 0)
                throw new CheckpointException(
                    File, $"ends within the {count} bytes from {Start + from} on; it has become shorter since it was opened.");
            done += read;
        }
        return bytes;
    }

    // A file that has become shorter has another checksum.
    private uint Crc(SafeFileHandle handle)
    {
        var crc = new Crc32();
        var buffer = new byte[ChunkSize];
        for (long at = Start, left = Length; left > 0;)
        {
            var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(ChunkSize, left)), at);
            if (read == 0)
                break;
            crc.Append(buffer.AsSpan(0, read));
            (at, left) = (at + read, left - read);
        }
        return crc.GetCurrentHashAsUInt32();
    }
}
