using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Tests.Evaluation;

[Collection(MicroTask.Collection)]
public sealed class ForeignUtterancesTests
{
    [Fact]
    public void Make_HasTheLengthsOfRealOnes_AndOnlyNeighboursThatTrainingHas()
    {
        using var micro = new MicroTask();
        var neighbours = micro.Examples.SelectMany(example => Pairs(example.Encoded.Ids[1..^1])).ToHashSet();

        var made = ForeignUtterances.Make(micro.Examples, micro.Examples, 20, seed: 1);

        Assert.Equal(micro.Examples.Select(example => example.Encoded.Length), made.Select(example => example.Encoded.Length));
        Assert.All(made, example => Assert.False(example.IsLabelled));
        var pairs = made.SelectMany(example => Pairs(example.Encoded.Ids[1..^1])).ToArray();
        // but where a text ended and another one was begun
        Assert.True(pairs.Count(neighbours.Contains) >= 0.7 * pairs.Length);
        Assert.Equal(made.Select(Ids), ForeignUtterances.Make(micro.Examples, micro.Examples, 20, seed: 1).Select(Ids));
        Assert.NotEqual(made.Select(Ids), micro.Examples.Select(Ids));
    }

    private static string Ids(Edge.Trainer.Examples.TrainingExample example) => string.Join(',', example.Encoded.Ids);

    private static IEnumerable<(int, int)> Pairs(int[] ids) => ids.Zip(ids.Skip(1));
}
