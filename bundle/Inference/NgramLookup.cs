using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Edge.Bundles.Common;

namespace Edge.Bundles.Inference;

/// <summary>
/// Finds the rows of an n-gram table beside the graph: some microseconds here, but thirty kernels and 64-bit integers on a GPU. A file
/// whose graph reads <see cref="ModelSignature.NgramRows"/> carries what is needed under <see cref="MetadataKey"/>;
/// docs/reference/bundle.md has the layout.
/// </summary>
public sealed class NgramLookup
{
    /// <summary>Name of the model's metadata entry: the bytes of <see cref="Write"/> in base64.</summary>
    public const string MetadataKey = "edge.ngrams";

    private const int Version = 1;
    private const int HeaderLength = 6;

    private readonly long[] _factors; // [window, kinds]
    private readonly int[] _shifts; // by bucket
    private readonly int[] _owners; // by slot: the lower 32 bits of its n-gram's number
    private readonly long _beyond;

    private NgramLookup(int kinds, long beyond, long[] factors, int[] shifts, int[] owners) =>
        (Kinds, _beyond, _factors, _shifts, _owners) = (kinds, beyond, factors, shifts, owners);

    /// <summary>Rows that are looked up for each token.</summary>
    public int Kinds { get; }

    /// <summary>The row of zeros, for n-grams without scores and for padding.</summary>
    public int None => _owners.Length;

    /// <summary>Writes a table's numbers for <see cref="Read"/>.</summary>
    /// <param name="reach">Neighbours that are looked at on each side of a token.</param>
    /// <param name="kinds">N-grams of each token.</param>
    /// <param name="beyond">What stands beyond the ends of the input.</param>
    /// <param name="factors">[window, kinds]: what each piece's id is multiplied with.</param>
    /// <param name="shifts">By bucket.</param>
    /// <param name="owners">By slot: the lower 32 bits of the number that has it.</param>
    public static byte[] Write(int reach, int kinds, int beyond, long[] factors, int[] shifts, int[] owners)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(shifts);
        ArgumentNullException.ThrowIfNull(owners);
        var bytes = new byte[(sizeof(int) * (HeaderLength + shifts.Length + owners.Length)) + (sizeof(long) * factors.Length)];
        var at = 0;
        foreach (var number in (int[])[Version, reach, kinds, beyond, shifts.Length, owners.Length])
            WriteInt(number);
        foreach (var factor in factors)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), factor);
            at += sizeof(long);
        }
        foreach (var number in shifts)
            WriteInt(number);
        foreach (var number in owners)
            WriteInt(number);
        return bytes;

        void WriteInt(int number)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), number);
            at += sizeof(int);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="place">Where it stands, for messages.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="BundleException">They are not in this form.</exception>
    public static NgramLookup Read(string place, ReadOnlySpan<byte> bytes)
    {
        var header = new int[HeaderLength];
        for (var i = 0; i < HeaderLength && bytes.Length >= HeaderLength * sizeof(int); i++)
            header[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        if (header[0] != Version)
            throw Fail(place, $"its version is {header[0]}, this program reads {Version}");
        var (reach, kinds, beyond, buckets, slots) = (header[1], header[2], header[3], header[4], header[5]);
        var rest = bytes[(HeaderLength * sizeof(int))..];
        if (reach is < 0 or > 16 || kinds is < 1 or > 1024 || buckets < 1 || slots < 1
            || rest.Length != (sizeof(long) * (long)((2 * reach) + 1) * kinds) + (sizeof(int) * ((long)buckets + slots)))
            throw Fail(
                place, $"its sizes (reach {reach}, kinds {kinds}, buckets {buckets}, slots {slots}) do not fit {bytes.Length} bytes");
        var factors = MemoryMarshal.Cast<byte, long>(rest[..(sizeof(long) * ((2 * reach) + 1) * kinds)]).ToArray();
        var numbers = MemoryMarshal.Cast<byte, int>(rest[(sizeof(long) * factors.Length)..]);
        return new NgramLookup(kinds, beyond, factors, numbers[..buckets].ToArray(), numbers[buckets..].ToArray());
    }

    /// <summary>Finds the rows of all tokens of an input.</summary>
    /// <param name="ids">The input.</param>
    /// <param name="rows">Receives [tokens, kinds]; tokens beyond the input get <see cref="None"/>.</param>
    public void Find(ReadOnlySpan<int> ids, Span<int> rows)
    {
        Span<long> numbers = stackalloc long[Kinds];
        for (var token = 0; token < ids.Length; token++)
        {
            WriteNumbers(ids, token, _factors, _beyond, numbers);
            var found = rows.Slice(token * Kinds, Kinds);
            for (var kind = 0; kind < numbers.Length; kind++)
            {
                var slot = (int)((numbers[kind] + _shifts[numbers[kind] % _shifts.Length]) % _owners.Length);
                found[kind] = _owners[slot] == unchecked((int)numbers[kind]) ? slot : None;
            }
        }
        rows[(ids.Length * Kinds)..].Fill(None);
    }

    /// <summary>Numbers of the n-grams of one token: for each kind the sum of products of the ids around it.</summary>
    /// <param name="ids">The whole input.</param>
    /// <param name="token">Its position.</param>
    /// <param name="factors">[window, kinds]: what each piece's id is multiplied with.</param>
    /// <param name="beyond">What stands beyond the ends of the input.</param>
    /// <param name="numbers">[kinds]; receives the numbers.</param>
    public static void WriteNumbers(ReadOnlySpan<int> ids, int token, ReadOnlySpan<long> factors, long beyond, Span<long> numbers)
    {
        var window = factors.Length / numbers.Length;
        numbers.Clear();
        for (var place = 0; place < window; place++)
        {
            var at = token + place - (window / 2);
            var id = at < 0 || at >= ids.Length ? beyond : ids[at];
            var ofPlace = factors.Slice(place * numbers.Length, numbers.Length);
            for (var kind = 0; kind < numbers.Length; kind++)
                numbers[kind] += id * ofPlace[kind];
        }
    }

    private static BundleException Fail(string place, string problem) =>
        new($"{place}: the n-gram table in its metadata ({MetadataKey}) cannot be read: {problem}. Export the model again.");
}
