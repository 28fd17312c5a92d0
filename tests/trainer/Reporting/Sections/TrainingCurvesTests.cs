using System.Reflection;
using Edge.Trainer.Distillation;
using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Sections;
using Edge.Trainer.Training;
using Edge.Trainer.Training.History;
using Edge.Trainer.Training.MaskedLanguage;

namespace Edge.Trainer.Tests.Reporting.Sections;

[Collection(MicroTask.Collection)]
public sealed class TrainingCurvesTests
{
    private const string Han = "\\p{IsCJKUnifiedIdeographs}";

    [Fact]
    public void Name_EveryPhase_IsChinese()
    {
        var names = typeof(PhaseNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)
            .ToArray();

        Assert.Equal(6, names.Length);
        Assert.All([.. names, PhaseNames.TeacherOf(1, 1), PhaseNames.TeacherOf(2, 3)],
            name => Assert.Matches(Han, TrainingCurves.Name(name)));
        Assert.Equal("教师模型 2/3", TrainingCurves.Name(PhaseNames.TeacherOf(2, 3)));
    }

    [Fact]
    public void Term_EveryTermOfATraining_IsChinese()
    {
        using var micro = new MicroTask();
        var history = new TrainingHistory();
        var context = micro.Context with { History = history };
        using var student = micro.CreateModel(layers: 1, dropout: 0.1);
        using var teachers = new TeacherEnsemble([micro.CreateModel()]);
        var (options, limit) = (new LoopOptions { BatchSize = 5, Evaluations = 1 }, new PhaseLimit(1, TimeSpan.MaxValue));
        var pretraining = Pretrainer.Train(
            new TrainingPhase(PhaseNames.Pretraining, student, EpochSource.Of(micro.Examples), null, options, limit), context);
        Distiller.Train(
            new TrainingPhase(PhaseNames.Student, student, EpochSource.Of(micro.Examples),
                new DevSet(new EvaluationSet(micro.Utterances, micro.Examples)), options, limit),
                new SoftTargets(teachers, null, new TeacherAnswerCache(0), context),
                new DistillationOptions { HiddenWeight = 1, RelationWeight = 1, AttentionWeight = 1 }, 0, context);

        var names = pretraining.Losses.Select(loss => loss.Name)
            .Concat(history.Phases.SelectMany(phase => phase.Losses).Select(loss => loss.Name)).Distinct().ToArray();
        // total, masked words; labels, teachers; hidden, relations, attention
        Assert.Equal(1 + 1 + (2 * micro.Task.Heads.Count) + 3, names.Length);
        Assert.All(names.Except(["urgency"]), name => Assert.Matches(Han, TrainingCurves.Term(name))); // a head of the user's own
        Assert.Equal(names.Length, names.Select(TrainingCurves.Term).Distinct().Count());
        Assert.Equal("urgency", TrainingCurves.Term("urgency"));
    }
}
