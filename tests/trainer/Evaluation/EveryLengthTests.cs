using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Tests.Export;

namespace Edge.Trainer.Tests.Evaluation;

public class EveryLengthTests
{
    [Fact]
    public void Of_Utterances_OneInputOfEachLengthInTheirOrder()
    {
        var inputs = EveryLength.Of([Example(101, 11, 12, 102), Example(101, 13, 102)], 7);

        Assert.Equal(
            [[101, 11, 102], [101, 12, 13, 102], [101, 11, 12, 13, 102], [101, 11, 12, 13, 11, 102], [101, 12, 13, 11, 12, 13, 102]],
            inputs.Select(input => input.Encoded.Ids));
        Assert.All(inputs, input => Assert.Equal((1, input.Encoded.Length - 2), (input.Encoded.TextStart, input.Encoded.TextCount)));
        Assert.All(inputs, input => Assert.False(input.IsLabelled));
    }

    [Fact]
    public void Of_UtterancesWithoutTokens_GivesNothing() => Assert.Empty(EveryLength.Of([Example(101, 102)], 16));

    private static TrainingExample Example(params int[] ids) => new(Students.Input(ids, new int[ids.Length]), []);
}
