using System.Numerics;

namespace Edge.Trainer.Common;

/// <summary>
/// Random numbers that are the same for a seed on every machine and runtime version, which System.Random does not promise.
/// xoshiro256**, seeded by splitmix64 (Blackman and Vigna 2018). Not thread-safe.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _a, _b, _c, _d;

    /// <param name="seed">Any number.</param>
    public SeededRandom(long seed)
    {
        var state = unchecked((ulong)seed);
        _a = Mix(ref state);
        _b = Mix(ref state);
        _c = Mix(ref state);
        _d = Mix(ref state);
    }

    /// <summary>A generator for a named purpose, so that drawing more for one purpose does not change another.</summary>
    public static SeededRandom For(long seed, string purpose) => new(seed ^ unchecked((long)StableHash.Of(purpose)));

    /// <summary>Where the sequence stands, four numbers; setting it goes on from there.</summary>
    public ulong[] State
    {
        get => [_a, _b, _c, _d];
        set => (_a, _b, _c, _d) = (value[0], value[1], value[2], value[3]);
    }

    /// <summary>A whole number from 0 to <paramref name="limit"/> - 1.</summary>
    public int Next(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return (int)Math.BigMul(NextBits(), (ulong)limit, out _);
    }

    /// <summary>A whole number from <paramref name="from"/> to <paramref name="to"/> - 1.</summary>
    public int Next(int from, int to) => from + Next(to - from);

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Puts the items into random order (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
