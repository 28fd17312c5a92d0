using Edge.Trainer.Ngrams;

namespace Edge.Trainer.Tests.Ngrams;

public sealed class PerfectHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(1_000)]
    [InlineData(60_000)]
    public void SlotOf_AnyNumbers_GivesEachOneASlotOfItsOwn(int count)
    {
        var random = new Random(count);
        var numbers = new HashSet<long>();
        while (numbers.Count < count)
            numbers.Add(random.NextInt64(long.MaxValue - int.MaxValue));

        var hash = new PerfectHash([.. numbers]);

        Assert.Equal(count, numbers.Select(hash.SlotOf).Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(hash.SlotOf(number), 0, hash.Slots - 1));
        if (count >= 1_000)
            Assert.InRange(hash.Slots, count, count * (count < 10_000 ? 1.2 : 1.05));
    }

    [Fact]
    public void SlotOf_NumbersInARow_GivesEachOneASlotOfItsOwn()
    {
        long[] numbers = [.. Enumerable.Range(0, 5_000).Select(i => (long)i)];

        var hash = new PerfectHash(numbers);

        Assert.Equal(numbers.Length, numbers.Select(hash.SlotOf).Distinct().Count());
    }

    [Fact]
    public void SlotOf_TheSameNumbersAgain_GivesTheSameSlots()
    {
        var random = new Random(6);
        long[] numbers = [.. Enumerable.Range(0, 500).Select(_ => random.NextInt64(1L << 60))];

        Assert.Equal(numbers.Select(new PerfectHash(numbers).SlotOf), numbers.Select(new PerfectHash(numbers).SlotOf));
    }

    [Fact]
    public void SlotOf_AStranger_IsASlotToo()
    {
        var hash = new PerfectHash([5, 8, 11, 1L << 61]);

        Assert.All(Enumerable.Range(0, 1_000), number => Assert.InRange(hash.SlotOf(number * 7_919_777_777L), 0, hash.Slots - 1));
    }

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(4, 4)]
    [InlineData(4, long.MaxValue)]
    public void Constructor_NumberThatCannotBe_SaysWhy(long first, long second)
    {
        var problem = Assert.Throws<ArgumentException>(() => new PerfectHash([first, second]));

        Assert.Contains("there twice", problem.Message, StringComparison.Ordinal);
    }
}
