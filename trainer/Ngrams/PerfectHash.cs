namespace Edge.Trainer.Ngrams;

/// <summary>
/// Gives each of some numbers a slot of its own (hash and displace, Pagh 1999; large buckets first, Belazzougui et al. 2009):
/// slot = (number + shift of bucket) mod slots, bucket = number mod buckets. Both are primes, so that a model file looks a number up
/// with two remainders, and nearly every slot is used.
/// </summary>
/// <remarks>Every number has a slot, a stranger, too: whoever looks one up compares <see cref="Check"/>.</remarks>
internal sealed class PerfectHash
{
    private const int NumbersPerBucket = 5; // with more, shifts are long to find
    private const double SlotsPerNumber = 1.01;
    private const double Golden = 0.618033988749895;

    /// <summary>Finds the shifts.</summary>
    /// <param name="numbers">Numbers of 0 to 2^63 - 2^31, so that a shift can be added; no two alike.</param>
    /// <exception cref="ArgumentException">A number is out of range or there twice.</exception>
    public PerfectHash(IReadOnlyList<long> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Any(number => number is < 0 or > long.MaxValue - int.MaxValue) || numbers.Distinct().Count() < numbers.Count)
            throw new ArgumentException("a number is negative, above 2^63 - 2^31, or there twice.", nameof(numbers));
        Shifts = new int[Prime(Math.Max(numbers.Count / NumbersPerBucket, 2))];
        var buckets = numbers.GroupBy(number => number % Shifts.Length).Select(bucket => bucket.ToArray())
            .OrderByDescending(bucket => bucket.Length).ThenBy(bucket => bucket[0] % Shifts.Length).ToArray();

        // Two numbers of a bucket with the same remainder share every slot, and small tables fill up badly: some more slots mend both.
        for (Slots = Prime((int)(numbers.Count * SlotsPerNumber) + 1); !TryPlace(buckets); Slots = Prime(Slots + 1 + (Slots / 1000)))
            Array.Clear(Shifts);
    }

    /// <summary>Number of slots.</summary>
    public int Slots { get; private set; }

    /// <summary>By bucket.</summary>
    public int[] Shifts { get; }

    /// <summary>The slot of a number: its own, or for a stranger any.</summary>
    public int SlotOf(long number) => (int)((number + Shifts[number % Shifts.Length]) % Slots);

    /// <summary>
    /// The part of a number that tells strangers: its lower 32 bits. One stranger in four thousand million is taken for the owner of its
    /// slot.
    /// </summary>
    public static int Check(long number) => unchecked((int)number);

    private bool TryPlace(long[][] buckets)
    {
        var isTaken = new bool[Slots];
        var step = Math.Max(1, (int)(Slots * Golden)); // visits every shift, as Slots is a prime
        foreach (var bucket in buckets)
        {
            if (bucket.Length > 1 && bucket.Select(number => number % Slots).Distinct().Count() < bucket.Length)
                return false;
            var index = bucket[0] % Shifts.Length;
            if (FreeShift(bucket, isTaken, step, index % Slots) is not { } shift)
                return false;
            Shifts[index] = (int)shift;
            foreach (var number in bucket)
                isTaken[(number + shift) % Slots] = true;
        }
        return true;
    }

    private static long? FreeShift(long[] bucket, bool[] isTaken, int step, long shift)
    {
        for (var tried = 0; tried < isTaken.Length; tried++)
        {
            if (Array.TrueForAll(bucket, number => !isTaken[(number + shift) % isTaken.Length]))
                return shift;
            shift = (shift + step) % isTaken.Length;
        }
        return null;
    }

    private static int Prime(int atLeast)
    {
        for (var candidate = Math.Max(atLeast, 3) | 1; ; candidate += 2)
        {
            var isPrime = true;
            for (var divisor = 3; (long)divisor * divisor <= candidate && isPrime; divisor += 2)
                isPrime = candidate % divisor != 0;
            if (isPrime)
                return candidate;
        }
    }
}
