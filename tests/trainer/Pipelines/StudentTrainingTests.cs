using Edge.Bundles.Tokenization;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Pipelines;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;

namespace Edge.Trainer.Tests.Pipelines;

[Collection(MicroTask.Collection)]
public sealed class StudentTrainingTests
{
    private static readonly PhaseLimit None = new(0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, "student: 4.0 epochs")]
    [InlineData(true, "student: 1.0 epochs")] // as given
    public void Train_MachineFasterThanPlanned_GoesOnWhileThereIsTime(bool epochsGiven, string expected)
    {
        using var micro = new MicroTask();
        var set = EvaluationSet.Create(micro.Utterances, micro.Encoder);
        var data = new PreparedData
        {
            Splits = new() { Train = micro.Utterances, Dev = micro.Utterances, Test = micro.Utterances },
            Task = micro.Task,
            Tokenizer = micro.Tokenizer,
            Vocabulary = new GivenVocabulary("", [], new TokenizerSettings()),
            Encoder = micro.Encoder,
            Train = micro.Examples,
            Dev = set,
            Calibration = set,
            Test = set,
            OutOfScope = new EvaluationSet([], []),
        };
        var recipe = new RunRecipe { Augmentation = AugmentationOptions.None };
        var options = new RunOptions { Data = "data", Out = "out", Epochs = epochsGiven ? [0, 0, 1] : null };
        using var output = new StringWriter();
        var time = TimeSpan.FromHours(1);
        var plan = new RunPlan(None, None, 0, new PhaseLimit(1, time * BudgetPlanner.Slack), 4);

        using var student = new StudentTraining(data, recipe, options, micro.Context with { Display = new PlainDisplay(output) })
            .Train(micro.Config(), micro.Config(), plan, () => time);

        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
    }
}
