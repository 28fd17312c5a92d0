using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;
using Edge.Trainer.Training;
using Edge.Trainer.Training.MaskedLanguage;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Trainer.Tests.Training;

[Collection(MicroTask.Collection)]
public sealed class TrainingPartsTests
{
    [Fact]
    public void Shuffled_AnyLengths_HoldsEachIndexOnce() =>
        Prop.ForAll(Gen.Choose(1, 90).ListOf().ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (lengths, batchSize) =>
        {
            var batches = BatchSampler.Shuffled([.. lengths], batchSize, new Random(3));
            return batches.SelectMany(batch => batch).Order().SequenceEqual(Enumerable.Range(0, lengths.Count))
                && batches.All(batch => batch.Length <= batchSize);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shuffled_MixedLengths_PadsLittle()
    {
        var random = new Random(1);
        int[] lengths = [.. Enumerable.Range(0, 4000).Select(_ => random.Next(5, 40))];
        var padded = BatchSampler.Shuffled(lengths, 32, random).Sum(batch => batch.Max(i => lengths[i]) * batch.Length);
        Assert.True(padded < lengths.Sum() * 1.05, $"{padded} for {lengths.Sum()}");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.05, 0.5)]
    [InlineData(0.1, 1)]
    [InlineData(0.55, 0.5)]
    [InlineData(1, 0)]
    public void Factor_Progress_RisesThenFalls(double progress, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.Factor(progress, 0.1), 1e-9);

    [Fact]
    public void Improved_ThreeWithoutGain_Stops()
    {
        var stopping = new EarlyStopping(3);
        Assert.True(stopping.Improved(0.5, 0, 1, progress: 0.8));
        Assert.False(stopping.Improved(0.4, 0, 0.9, progress: 0.8)); // the loss still falls
        Assert.False(stopping.Improved(0.5, 0, 1, progress: 0.8));
        Assert.False(stopping.Improved(0.5, 0, 1, progress: 0.8));
        Assert.False(stopping.ShouldStop);
        Assert.False(stopping.Improved(0.5, 0, 1, progress: 0.8));
        Assert.True(stopping.ShouldStop);
        Assert.Equal(0.5, stopping.KeptScore);
    }

    [Fact]
    public void Improved_EqualScoreAndLowerLoss_KeepsTheLaterWeights()
    {
        var stopping = new EarlyStopping(3);
        Assert.True(stopping.Improved(1, 0, 0.5, progress: 0.1));
        Assert.True(stopping.Improved(1, 0, 0.3, progress: 0.5));
        Assert.False(stopping.Improved(1, 0, 0.4, progress: 0.9));
    }

    [Theory]
    [InlineData(0.96, 0.95, false)] // high by chance, while the learning rate was high
    [InlineData(0.97, 0.95, true)] // higher than chance explains: what follows learns by heart
    public void Improved_EarlyScore_HasToBeBetterByItsStandardError(double early, double late, bool staysKept)
    {
        var stopping = new EarlyStopping(3);
        Assert.True(stopping.Improved(early, 0.015, 1, progress: 0.4));
        Assert.Equal(!staysKept, stopping.Improved(late, 0.015, 1, progress: 0.8));
        Assert.Equal(staysKept ? early : late, stopping.KeptScore);
        Assert.False(stopping.Improved(late - 0.005, 0.015, 1, progress: 0.9)); // among late ones the higher score is kept
    }

    [Fact]
    public void Improved_RememberedAndGivenToAnother_DecidesTheSame()
    {
        var (first, second) = (new EarlyStopping(3), new EarlyStopping(3));
        Assert.True(first.Improved(0.96, 0.015, 1, progress: 0.4));
        second.Remembered = first.Remembered;
        Assert.True(second.Improved(0.95, 0.015, 1, progress: 0.8));
    }

    [Fact]
    public void Improved_WithoutGainWhileTheLearningRateIsHigh_DoesNotStop()
    {
        var stopping = new EarlyStopping(1);
        Assert.True(stopping.Improved(0.5, 0, 1, progress: 0.4)); // a lucky one
        Assert.False(stopping.Improved(0.4, 0, 1, progress: 0.6));
        Assert.False(stopping.Improved(0.4, 0, 1, progress: 0.74));
        Assert.False(stopping.ShouldStop);
        Assert.False(stopping.Improved(0.4, 0, 1, progress: 0.75));
        Assert.True(stopping.ShouldStop);
    }

    [Fact]
    public void Encode_LabelledUtterance_AlignsEveryHead()
    {
        using var micro = new MicroTask();
        var example = micro.Examples[5]; // "send money to anna today"
        var targets =
            micro.Task.Heads.Select((head, i) => (head.Name, Target: example.Targets[i])).ToDictionary(e => e.Name, e => e.Target);

        Assert.Equal("pay", micro.Task.Heads[0].Labels[targets["intent"].Label]);
        Assert.Equal(2, targets["topics"].Values!.Sum());
        Assert.Equal([0.25f], targets["urgency"].Values!);
        var tags = targets["entities"].Tags!;
        Assert.Equal(BioTags.Ignored, tags[0]);
        Assert.Equal(BioTags.Ignored, tags[^1]);
        var entity = Array.FindIndex(tags, tag => tag > 0);
        Assert.Equal(BioTags.Begin(0), tags[entity]);
        Assert.Equal("anna",
            micro.Utterances[5].Text[
                example.Encoded.Offsets[entity].Start..example.Encoded.Offsets[Array.FindLastIndex(tags, tag => tag > 0)].End]);
    }

    [Fact]
    public void Encode_HeadNotAnnotated_IsNoTarget()
    {
        using var micro = new MicroTask();
        var example = micro.Encoder.Encode(new Edge.Trainer.Data.LabelledUtterance { Text = "hello" });
        Assert.All(example.Targets, target => Assert.Equal(HeadTarget.None, target));
    }

    [Fact]
    public void Draw_MaskedWords_LeavesSpecialTokensAndRemembersTheRest()
    {
        using var micro = new MicroTask();
        var encoded = micro.Examples.Select(example => example.Encoded).ToArray();
        var longest = encoded.Max(e => e.Length);
        var masked = MaskedWords.Draw(encoded, 0.5, micro.Tokenizer, new Random(1));

        Assert.NotEmpty(masked.Positions);
        for (var i = 0; i < masked.Positions.Length; i++)
        {
            var (row, token) = ((int)(masked.Positions[i] / longest), (int)(masked.Positions[i] % longest));
            if (masked.Words[i] != HeadTarget.NotAnnotated)
                Assert.Equal(encoded[row].Ids[token], masked.Words[i]);
        }
        Assert.Contains(masked.Words, word => word != HeadTarget.NotAnnotated);
        Assert.Equal(0, masked.Words.Length % 32);
        Assert.All(masked.Ids, row => Assert.Equal(micro.Tokenizer.ClassifyId, row[0]));
        Assert.All(masked.Ids, row => Assert.Equal(micro.Tokenizer.SeparatorId, row[^1]));
    }

    [Fact]
    public void Problems_OptionsOutOfRange_NamesEachOne()
    {
        var problems = new LoopOptions { LearningRate = 0, BatchSize = 0, Patience = 0, WordDropout = 1 }.Problems("student").ToArray();
        Assert.Equal(4, problems.Length);
        Assert.All(problems, problem => Assert.StartsWith("student.", problem, StringComparison.Ordinal));
        Assert.Empty(new LoopOptions().Problems("student"));
    }
}
