using System.Runtime.InteropServices;

namespace Edge.Trainer.Common;

/// <summary>
/// The runtime's kind of random numbers over <see cref="SeededRandom"/>, whose state can be kept and put back. Not thread-safe.
/// </summary>
internal sealed class ResumableRandom(long seed) : Random
{
    private readonly SeededRandom _source = new(seed);

    /// <summary>Where the sequence stands.</summary>
    public ulong[] State
    {
        get => _source.State;
        set => _source.State = value;
    }

    /// <inheritdoc/>
    public override int Next() => _source.Next(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue) => Next(0, maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => NextInt64(0, long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue + (long)Math.BigMul(_source.NextBits(), (ulong)(maxValue - minValue), out _);
    }

    /// <inheritdoc/>
    public override double NextDouble() => _source.NextDouble();

    /// <inheritdoc/>
    public override float NextSingle() => (_source.NextBits() >> 40) * (1.0f / (1 << 24));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        for (; buffer.Length > 0; buffer = buffer[Math.Min(8, buffer.Length)..])
        {
            var bits = _source.NextBits();
            MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in bits))[..Math.Min(8, buffer.Length)].CopyTo(buffer);
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();
}
