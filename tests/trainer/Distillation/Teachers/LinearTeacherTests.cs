using Edge.Trainer.Data;
using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Distillation.Teachers;

[Collection(MicroTask.Collection)]
public sealed class LinearTeacherTests
{
    [Fact]
    public void Probabilities_TrainingUtterance_AreOutOfFold()
    {
        using var micro = new MicroTask();
        // One row has a label that nothing else supports: only who has learned from the row itself believes it.
        LabelledUtterance[] training =
            [micro.Utterances[0] with { Single = new Dictionary<string, string> { ["intent"] = "meet" } }, .. micro.Utterances.Skip(1)];
        var example = micro.Encoder.Encode(training[0]);
        var teacher = LinearTeacher.Fit(micro.Task, training, 1, cancellation: TestContext.Current.CancellationToken);
        var known = teacher.Probabilities(example);
        var copy = teacher.Probabilities(micro.Encoder.Encode(training[0] with { Line = 2 }));
        var label = example.Targets[0].Label;

        Assert.True(copy[0][label] > known[0][label], $"{copy[0][label]} against {known[0][label]}");
        Assert.Equal(example.Encoded.Length * micro.Task.Heads[3].OutputCount, known[3].Length);
        Assert.Equal(copy[3].Length, known[3].Length);
        Assert.Equal(1, known[0].Sum(), 1e-4f);
        Assert.Equal(known[0],
            LinearTeacher.Fit(micro.Task, training, 1, cancellation: TestContext.Current.CancellationToken).Probabilities(example)[0]);
    }

    [Fact]
    public void Fit_UntrainedTeachers_GiveTheLinearOneTheMostWeight()
    {
        using var micro = new MicroTask();
        using var teachers = new TeacherEnsemble([micro.CreateModel()]);
        var linear = LinearTeacher.Fit(micro.Task, micro.Utterances, 1, cancellation: TestContext.Current.CancellationToken);
        var mixture =
            MixtureFitting.Fit(teachers, linear, new EvaluationSet(micro.Utterances, micro.Examples), micro.Context, out var line);

        Assert.Equal(0.75, mixture.Weights[0]); // intent
        Assert.Equal(0, mixture.Weights[2]); // a score has no log-loss
        Assert.StartsWith("weight of the linear teacher: intent 0.75 (dev log-loss ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = TrainingBatch.Create(micro.Examples, [0, 9, 18], 0, micro.Context);
        var targets = new SoftTargets(teachers, mixture, new TeacherAnswerCache(1_000_000), micro.Context);
        var asked = targets.Of(batch);
        var text = TextTokens.Of(batch, CPU);
        var alone = teachers.Ask(batch.Clean, text);
        var said = TeacherMixture.Said(linear, alone, batch.Examples, text);
        Assert.True(((alone[0] * 0.25) + (said[0] * 0.75)).allclose(asked[0], 1e-5, 1e-6));
        Assert.True(asked[3].sum(-1).allclose(text.to(ScalarType.Float32), 1e-3, 1e-3));
        Assert.Equal((long)micro.Examples[0].Targets[0].Label, asked[0][0].argmax().item<long>());
        targets.Keep(micro.Examples);
        Assert.True(asked[0].allclose(targets.Of(batch)[0], 1e-3, 1e-3));
    }
}
