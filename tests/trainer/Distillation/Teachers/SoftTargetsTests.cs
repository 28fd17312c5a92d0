using Edge.Trainer.Distillation;
using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Distillation.Teachers;

[Collection(MicroTask.Collection)]
public sealed class SoftTargetsTests
{
    [Fact]
    public void Of_KeptAskedAndBoth_AreTheSame()
    {
        using var micro = new MicroTask();
        using var teachers = new TeacherEnsemble([micro.CreateModel(), micro.CreateModel(hidden: 64)]);
        var (none, some, all) = (Create(micro, teachers), Create(micro, teachers), Create(micro, teachers));
        some.Keep([.. micro.Examples.Where((_, i) => i % 3 == 0)]);
        all.Keep(micro.Examples);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = TrainingBatch.Create(micro.Examples, [0, 7, 3, 19, 11, 1], 0, micro.Context);
        var first = teachers.Look(batch.Clean, []).Outputs.Logits;
        var expected = none.Of(batch);

        foreach (var answer in new[] { some.Of(batch), some.Of(batch, first), all.Of(batch), none.Of(batch, first) })
        {
            for (var head = 0; head < expected.Count; head++)
                AssertSame(expected[head], answer[head]);
        }
    }

    // A teacher whose weights are gone answers nothing more.
    [Fact]
    public void Keep_EveryUtterance_NoTeacherIsAskedAgain()
    {
        using var micro = new MicroTask();
        var teachers = new TeacherEnsemble([micro.CreateModel()]);
        var targets = new SoftTargets(teachers, null, new TeacherAnswerCache(1_000_000), micro.Context);
        targets.Keep(micro.Examples);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = TrainingBatch.Create(micro.Examples, [0, 7, 3], 0, micro.Context);
        var expected = Create(micro, teachers).Of(batch);

        teachers.Dispose();

        for (var epoch = 0; epoch < 2; epoch++)
        {
            var kept = targets.Of(batch);
            for (var head = 0; head < expected.Count; head++)
                AssertSame(expected[head], kept[head]);
        }
        Assert.ThrowsAny<Exception>(() => Create(micro, teachers).Of(batch));
    }

    [Fact]
    public void Keep_MoreThanTheMemory_AsksForTheOthers()
    {
        using var micro = new MicroTask();
        using var teachers = new TeacherEnsemble([micro.CreateModel()]);
        var cache = new TeacherAnswerCache(1000);
        var targets = new SoftTargets(teachers, null, cache, micro.Context);
        targets.Keep(micro.Examples);

        Assert.InRange(cache.Count, 1, micro.Examples.Count - 1);
        Assert.InRange(cache.Bytes, 1, 1000);
        Assert.True(cache.IsFull);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = TrainingBatch.Create(micro.Examples, [.. Enumerable.Range(0, 20)], 0, micro.Context);
        AssertSame(Create(micro, teachers).Of(batch)[0], targets.Of(batch)[0]);
    }

    [Theory]
    [InlineData(1_000_000, 20 + (4 * 5))]
    [InlineData(0, 4 * 20)]
    public void Train_UtterancesThatComeBackInEveryEpoch_AreAskedOnce(long cacheBytes, int asked)
    {
        using var micro = new MicroTask();
        using var teachers = new TeacherEnsemble([micro.CreateModel(), micro.CreateModel(hidden: 64)]);
        using var student = micro.CreateModel();
        var targets = new SoftTargets(teachers, null, new TeacherAnswerCache(cacheBytes), micro.Context);
        if (cacheBytes > 0)
            targets.Keep(micro.Examples);
        Assert.Equal(cacheBytes > 0 ? 20 : 0, teachers.Asked);

        // Of every epoch's twenty utterances the last five are said in another way.
        string[] words = ["please", "now", "today", "again"];
        var epochs = new EpochSource(20, epoch =>
            [.. micro.Examples.Take(15),
                .. micro.Utterances.Skip(15)
                    .Select(utterance => micro.Encoder.Encode(utterance with { Text = $"{utterance.Text} {words[epoch]}" }))]);
        Distiller.Train(
            new TrainingPhase("student", student, epochs, new DevSet(new EvaluationSet(micro.Utterances, micro.Examples)),
                new LoopOptions { BatchSize = 5, Evaluations = 2 }, new PhaseLimit(4, TimeSpan.MaxValue)), targets,
                new DistillationOptions(), 0, micro.Context);

        Assert.Equal(asked, teachers.Asked);
    }

    [Fact]
    public void Ask_TwoTeachers_GivesTheMeanOfTheirProbabilities()
    {
        using var micro = new MicroTask();
        var (one, other) = (micro.CreateModel(), micro.CreateModel(hidden: 64));
        using var both = new TeacherEnsemble([one, other]);
        using var scope = NewDisposeScope();
        var batch = TrainingBatch.Create(micro.Examples, [0, 7, 3], 0, micro.Context);
        var text = TextTokens.Of(batch, CPU);
        var (first, second, mean) = (new TeacherEnsemble([one]).Ask(batch.Clean, text), new TeacherEnsemble([other]).Ask(batch.Clean, text),
            both.Ask(batch.Clean, text));

        for (var head = 0; head < mean.Count; head++)
            Assert.True(((first[head] + second[head]) / 2).allclose(mean[head], 1e-5, 1e-6));
        // Marginals of an utterance's tokens sum to 1, others are nothing.
        Assert.True(mean[3].sum(-1).allclose(text.to(ScalarType.Float32), 1e-4, 1e-4));
    }

    /// <summary>Fresh weights know nothing of the labels: honest answers are nearly even, whatever the logits' size.</summary>
    [Fact]
    public void Calibrate_TeacherThatIsTooSure_AnswersWithTheTemperatureOfDev()
    {
        using var micro = new MicroTask();
        using var teacher = micro.CreateModel();
        using var teachers = new TeacherEnsemble([teacher]);
        var dev = new EvaluationSet(micro.Utterances, micro.Examples);
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            foreach (var (name, parameter) in teacher.named_parameters())
            {
                if (name.Contains("heads", StringComparison.Ordinal))
                    parameter.mul_(Scalars.Of(50));
            }
        }
        var batch = TrainingBatch.Create(micro.Examples, [0, 7, 3], 0, micro.Context);
        var text = TextTokens.Of(batch, CPU);
        var (logits, sure) = (teachers.Look(batch.Clean, []).Outputs.Logits, teachers.Ask(batch.Clean, text));

        teachers.Calibrate(dev, micro.Context);
        var (honest, taught) = (teachers.Ask(batch.Clean, text, calibrated: true), teachers.Ask(batch.Clean, text));

        var temperature = teachers.Temperatures["intent"];
        Assert.True(temperature > 1.5, $"temperature {temperature}");
        Assert.True(logits[0].div(Scalars.Of(temperature)).softmax(-1).allclose(honest[0], 1e-5, 1e-6));
        Assert.False(honest[0].allclose(sure[0], 1e-3, 1e-3));
        Assert.True(sure[3].allclose(honest[3], 1e-5, 1e-6)); // marginals of tags stay as they are
        Assert.True(sure[0].allclose(taught[0], 1e-5, 1e-6)); // and so does what a student learns
    }

    [Fact]
    public void Measure_TwoTeachersThatDiffer_JudgesTheAnswersThatAreTaught()
    {
        using var micro = new MicroTask();
        using var teachers = new TeacherEnsemble([micro.CreateModel(), micro.CreateModel(hidden: 64)]);
        using var scope = NewDisposeScope();
        int[] all = [.. Enumerable.Range(0, micro.Examples.Count)];
        var batch = TrainingBatch.Create(micro.Examples, all, 0, micro.Context);
        var answers = teachers.Ask(batch.Clean, TextTokens.Of(batch, CPU))[0].argmax(-1).data<long>().ToArray();

        var report = teachers.Measure(new EvaluationSet(micro.Utterances, micro.Examples), micro.Context);

        var right = all.Count(i => micro.Examples[i].Targets[0].Label == answers[i]);
        Assert.Equal((double)right / all.Length, report.Head("intent")!.Score, 1e-9);
    }

    [Fact]
    public void Train_SameSeed_GivesTheSameStudent()
    {
        Assert.Equal(Weights(3), Weights(3));

        static float[] Weights(int seed)
        {
            using var micro = new MicroTask(seed);
            using var teachers = new TeacherEnsemble([micro.CreateModel(hidden: 48)]);
            using var student = micro.CreateModel();
            var targets = Create(micro, teachers);
            targets.Keep(micro.Examples);
            var options = new DistillationOptions { HiddenWeight = 0.1, RelationWeight = 1 };
            var transfer = new TransferSet(
                EpochSource.Of(micro.Examples), micro.Utterances, [new() { Text = "send anna to bert" }], micro.Encoder, options, seed);
            var result = Distiller.Train(
                new TrainingPhase("test", student, transfer.Epochs(1, out _),
                    new DevSet(new EvaluationSet(micro.Utterances, micro.Examples)), new LoopOptions { LearningRate = 3e-3, BatchSize = 8 },
                    new PhaseLimit(2, TimeSpan.MaxValue)), targets, options, 0.1, micro.Context);
            Assert.Equal(
                ["intent", "topics", "urgency", "entities", "intent soft", "topics soft", "urgency soft", "entities soft", "hidden",
                    "relations"],
                result.Losses.Select(loss => loss.Name));
            return ModelParameters.ToWeights(student)["encoder.layer.1.output.dense.weight"].Values;
        }
    }

    private static SoftTargets Create(MicroTask micro, TeacherEnsemble teachers) =>
        new(teachers, null, new TeacherAnswerCache(1_000_000), micro.Context);

    private static void AssertSame(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.True(expected.allclose(found, 1e-3, 1e-3));
    }
}
