using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Edge.Bundles.Masking;

/// <summary>
/// Numbers that depend only on a secret key, an original and the attempt: the same original gets the same substitute wherever it
/// occurs, and nobody without the key can find the original by trying all of them.
/// </summary>
internal sealed class KeyedRandom(byte[] key, string original, int attempt)
{
    private readonly byte[] _seed = HMACSHA256.HashData(key, Encoding.Unicode.GetBytes($"{attempt}/{original}"));
    private readonly byte[] _block = new byte[HMACSHA256.HashSizeInBytes];
    private int _used = HMACSHA256.HashSizeInBytes;
    private int _blocks;

    /// <summary>A number from 0 up to, and without, <paramref name="limit"/>.</summary>
    public int Next(int limit)
    {
        if (_used == _block.Length)
        {
            HMACSHA256.HashData(_seed, BitConverter.GetBytes(_blocks++), _block);
            _used = 0;
        }

        var number = BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(_used));
        _used += sizeof(uint);
        return (int)(number % (uint)limit);
    }
}
