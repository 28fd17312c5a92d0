using Edge.Trainer.Common;

namespace Edge.Trainer.Tests.Common;

public sealed class ResumableRandomTests
{
    [Fact]
    public void State_PutBack_RepeatsWhatFollows()
    {
        var random = new ResumableRandom(5);
        random.NextDouble();
        var state = random.State;
        var first = Draw(random);
        random.State = state;
        Assert.Equal(first, Draw(random));
        Assert.Equal(first, Draw(new ResumableRandom(9) { State = state }));

        static object[] Draw(ResumableRandom random)
        {
            var bytes = new byte[13];
            random.NextBytes(bytes);
            int[] order = [.. Enumerable.Range(0, 20)];
            random.Shuffle(order);
            return [random.Next(), random.Next(7), random.Next(-3, 3), random.NextInt64(), random.NextDouble(), random.NextSingle(),
                Convert.ToHexString(bytes), string.Join(',', order)];
        }
    }

    [Fact]
    public void Next_Bounds_StayWithinAndReachBoth()
    {
        var random = new ResumableRandom(1);
        int[] drawn = [.. Enumerable.Range(0, 500).Select(_ => random.Next(-2, 3))];
        Assert.Equal([-2, -1, 0, 1, 2], drawn.Distinct().Order());
        Assert.Equal(4, random.Next(4, 4));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(random.NextSingle(), 0, 0.99999999f));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(2, 1));
    }
}
