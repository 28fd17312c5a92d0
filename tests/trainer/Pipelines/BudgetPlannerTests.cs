using Edge.Bundles.Tasks;
using Edge.Trainer.Distillation;
using Edge.Trainer.Pipelines;
using Edge.Trainer.Training;

namespace Edge.Trainer.Tests.Pipelines;

public sealed class BudgetPlannerTests
{
    private static readonly TrainingSpeed Speed = new(Teacher: 1000, Student: 2000);
    private static readonly BudgetRules Rules = new()
    {
        PretrainingShare = 0.2, TeacherShare = 0.4, MostPretrainingEpochs = 20, MostTeacherEpochs = 20, MostStudentEpochs = 30,
        FewestTeacherEpochs = 4, MostTeachers = 3,
        FewestPretrainingEpochs = 0,
    };

    [Fact]
    public void Plan_EnoughTime_DividesIt()
    {
        // 1,000 s: 200 s, 400 s and the 400 s that remain, at 1,000, 1,000 and 1,200 tokens a second over 100,000 tokens.
        var plan = BudgetPlanner.Plan(Rules, TimeSpan.FromSeconds(1000), 100_000, Speed, sharedPretraining: true);
        Assert.Equal((2, 4, 1, 4.8), (plan.Pretraining.Epochs, plan.Teacher.Epochs, plan.Teachers, Math.Round(plan.Student.Epochs, 6)));
    }

    [Fact]
    public void Plan_AsText_SaysWhatPhasesAreExpectedToTake()
    {
        var plan = BudgetPlanner.Plan(Rules, TimeSpan.FromSeconds(1000), 100_000, Speed, sharedPretraining: true);
        Assert.Equal("pretraining 2 epochs (3.3 min), teacher 4 epochs (6.7 min), student 4.8 epochs (6.7 min)", plan.ToString());
    }

    [Fact]
    public void Plan_OtherShape_PretrainsBoth()
    {
        // 200 s for an epoch of both: 100 s and 50 s.
        var plan = BudgetPlanner.Plan(Rules, TimeSpan.FromSeconds(1000), 100_000, Speed, sharedPretraining: false);
        Assert.Equal(200.0 / 150, plan.Pretraining.Epochs, 1e-9);
    }

    [Fact]
    public void Plan_MoreTimeThanUseful_StopsAtTheMostEpochs()
    {
        var plan = BudgetPlanner.Plan(Rules, TimeSpan.FromHours(10), 100_000, Speed, sharedPretraining: true);
        Assert.Equal((20, 20, 3, 30), (plan.Pretraining.Epochs, plan.Teacher.Epochs, plan.Teachers, plan.Student.Epochs));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2.1, 0)]
    public void Plan_TooFewEpochsOfPretraining_GivesTheTimeToTheStudent(double fewest, double epochs)
    {
        var plan = BudgetPlanner.Plan(
            Rules with { FewestPretrainingEpochs = fewest }, TimeSpan.FromSeconds(1000), 100_000, Speed, sharedPretraining: true);
        Assert.Equal((epochs, 4), (plan.Pretraining.Epochs, plan.Teacher.Epochs));
        Assert.Equal((600 - (100 * epochs)) * 1200 / 100_000, plan.Student.Epochs, 1e-9);
    }

    [Fact]
    public void Plan_LittleTime_LeavesTheTeacherOut()
    {
        var plan = BudgetPlanner.Plan(Rules, TimeSpan.FromSeconds(100), 100_000, Speed, sharedPretraining: true);
        Assert.Equal(0, plan.Teacher.Epochs);
        Assert.Equal(0.4, plan.Pretraining.Epochs, 1e-9);
        Assert.Equal(1.6, plan.Student.Epochs, 1e-9);
        Assert.Contains("no teacher", plan.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(10, 0)]
    [InlineData(15, 0.5)]
    [InlineData(25, 1.5)]
    public void ChangedTexts_FewEpochs_LeaveThemToLabels(double epochs, double changed) =>
        Assert.Equal(changed, BudgetPlanner.ChangedTexts(new PhaseLimit(epochs, TimeSpan.FromMinutes(1))));

    [Theory]
    [InlineData(200, 1, 10)] // as planned
    [InlineData(300, 1, 15)] // earlier phases were shorter
    [InlineData(300, 1.5, 22.5)] // and the machine faster
    [InlineData(100, 0.8, 4)]
    [InlineData(1000, 1, 30)] // never more than are useful
    public void Expect_TimeLeftForTheLastPhase_EpochsInProportion(double left, double pace, double epochs)
    {
        var planned = new PhaseLimit(10, TimeSpan.FromSeconds(250)); // 200 s and room for other work
        Assert.Equal(
            new PhaseLimit(epochs, TimeSpan.FromSeconds(left)), BudgetPlanner.Expect(planned, TimeSpan.FromSeconds(left), pace, 30));
    }

    [Theory]
    [InlineData(10, 200, 1)]
    [InlineData(5, 100, 1)] // ended early
    [InlineData(10, 100, 2)]
    [InlineData(0, 0, 1)]
    public void Pace_OfAPhase_ComparesItsEpochsWithThePlan(double epochs, double seconds, double pace) => Assert.Equal(
        pace, BudgetPlanner.Pace(
            new PhaseLimit(10, TimeSpan.FromSeconds(250)), new PhaseResult(1, epochs, TimeSpan.FromSeconds(seconds), 1, -1, [])), 1e-9);

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Pace_PhaseWithoutATime_IsAboveZero(double epochs) => Assert.InRange(
        BudgetPlanner.Pace(new PhaseLimit(epochs, TimeSpan.MaxValue), new PhaseResult(1, epochs, TimeSpan.FromMilliseconds(1), 1, -1, [])),
        1, double.MaxValue);

    [Fact]
    public void Of_TaskWithoutTags_PretrainsLongerAndHasShortTeachers()
    {
        var label = new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] };
        var tags = new HeadDefinition { Name = "entities", Kind = HeadKind.Span, Labels = ["X"] };

        var with = BudgetRules.Of(new RunRecipe(), new TaskDefinition { MaxLength = 16, Heads = [label, tags] }, 5000);
        var without = BudgetRules.Of(new RunRecipe(), new TaskDefinition { MaxLength = 16, Heads = [label] }, 5000);

        Assert.True(without.PretrainingShare > with.PretrainingShare);
        Assert.True(without.MostTeacherEpochs < with.MostTeacherEpochs);
        Assert.True(without.FewestTeacherEpochs < with.FewestTeacherEpochs);
        Assert.Equal((with.MostStudentEpochs, with.MostTeachers), (without.MostStudentEpochs, without.MostTeachers));
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(1000, 1)]
    [InlineData(20_000, 1)]
    public void Of_FewUtterances_ReadsThemMoreOften(int utterances, double times)
    {
        var task = new TaskDefinition { MaxLength = 16, Heads = [] };
        var (many, rules) = (BudgetRules.Of(new RunRecipe(), task, 1000), BudgetRules.Of(new RunRecipe(), task, utterances));
        Assert.Equal(
            (many.MostPretrainingEpochs * times, many.MostTeacherEpochs * times, many.MostStudentEpochs * times),
            (rules.MostPretrainingEpochs, rules.MostTeacherEpochs, rules.MostStudentEpochs));
    }

    [Fact]
    public void Of_RecipeThatNamesTheMost_HoldsThem()
    {
        var rules = BudgetRules.Of(
            new RunRecipe { MostTeachers = 1, MostStudentEpochs = 7 }, new TaskDefinition { MaxLength = 16, Heads = [] }, 1000);
        Assert.Equal((1, 7), (rules.MostTeachers, rules.MostStudentEpochs));
    }

    [Fact]
    public void Plan_NothingAskedOfATeacher_GivesTheStudentItsTime()
    {
        var alone = new RunRecipe { Distillation = new DistillationOptions { SoftWeight = 0, HardWeight = 1 } };
        var none = BudgetRules.Of(alone, new TaskDefinition { MaxLength = 16, Heads = [] }, 1000).MostTeachers;
        var plan = BudgetPlanner.Plan(
            Rules with { MostTeachers = none }, TimeSpan.FromSeconds(1000), 100_000, Speed, sharedPretraining: true);
        Assert.Equal((0, 0), (plan.Teacher.Epochs, plan.Teachers));
        Assert.Equal(16, plan.Student.Epochs, 1e-9);
    }

    [Fact]
    public void FromCheckpoint_StudentOfItsLayers_LeavesPretrainingOut()
    {
        Assert.Equal((1, 0),
            (Rules.FromCheckpoint(studentSharesLayers: true).FewestTeacherEpochs,
                Rules.FromCheckpoint(studentSharesLayers: true).PretrainingShare));
        Assert.Equal(Rules.PretrainingShare, Rules.FromCheckpoint(studentSharesLayers: false).PretrainingShare);
    }
}
