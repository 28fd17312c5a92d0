using System.Text;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;
using Edge.Trainer.Training.History;

namespace Edge.Trainer.Tests.Training.History;

[Collection(MicroTask.Collection)]
public sealed class TrainingHistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-history-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Crc32C_StandardVector_IsTheStandardsCheckValue() =>
        Assert.Equal(0xE3069283u, EventFileReader.Crc32C(Encoding.ASCII.GetBytes("123456789"))); // RFC 3720, appendix B.4 has the same code

    [Fact]
    public void Scalar_TwoPhases_AreReadBackFromAFolderEach()
    {
        var log = new TensorBoardLog(Path.Combine(_folder, "events"));
        log.Scalar("teacher 1 of 2", "loss/total", 0, 2.5);
        log.Scalar("teacher 1 of 2", "loss/total", 300, double.NaN);
        log.Scalar("teacher 1 of 2", "loss/total", 70_000, 0.25);
        log.Scalar("student", "dev/score", 8, 0.5);

        var folders = Directory.GetDirectories(Path.Combine(_folder, "events")).Select(Path.GetFileName).Order();
        Assert.Equal(["student", "teacher-1-of-2"], folders);
        var (version, scalars) =
            EventFileReader.Read(Directory.GetFiles(Path.Combine(_folder, "events", "teacher-1-of-2"), "events.out.tfevents.*").Single());
        Assert.Equal("brain.Event:2", version);
        Assert.Equal([("loss/total", 0, 2.5f), ("loss/total", 70_000, 0.25f)], scalars);
    }

    [Fact]
    public void TrainingLoop_WithALog_HandsOverEveryCurve()
    {
        using var micro = new MicroTask();
        var history = new TrainingHistory(new TensorBoardLog(_folder));
        using var model = micro.CreateModel();
        var result = FineTuner.Train(
            new TrainingPhase("teacher", model, EpochSource.Of(micro.Examples),
                new DevSet(new EvaluationSet(micro.Utterances, micro.Examples)),
                new LoopOptions { BatchSize = 4, Evaluations = 3, Patience = 100 }, new PhaseLimit(8, TimeSpan.MaxValue)), 0,
                micro.Context with { History = history });

        var phase = Assert.Single(history.Phases);
        Assert.Equal("teacher", phase.Name);
        Assert.Equal(PhaseCurves.TotalLoss, phase.Losses.First().Name);
        Assert.Equal(micro.Task.Heads.Count + 1, phase.Losses.Count());
        Assert.Equal(3, phase.DevScore.Points.Count);
        Assert.Equal(result.KeptScore, phase.DevScore.Points.Max(point => point.Value), 1e-9);
        Assert.All(phase.LearningRate.Points, point => Assert.InRange(point.Value, 0, 5e-4));

        var (_, scalars) = EventFileReader.Read(Directory.GetFiles(Path.Combine(_folder, "teacher")).Single());
        Assert.Equal(3, scalars.Count(scalar => scalar.Tag == "dev/score"));
        Assert.Equal(
            phase.Losses.First().Series.Points.Select(point => (float)point.Value),
            scalars.Where(scalar => scalar.Tag == "loss/" + PhaseCurves.TotalLoss).Select(scalar => scalar.Value));
    }

    [Fact]
    public void Restore_OfAnotherProcess_GoesOnWithTheSameCurves()
    {
        var before = new TrainingHistory().Begin("student");
        before.Step(0, [("intent", 2), ("topics", 1)], 3, 1e-3, 10);
        before.Evaluation(4, 0.25, 2);
        var after = new TrainingHistory().Begin("student");
        after.Restore(PhaseRecord.Of(before));
        after.Step(8, [("intent", 1), ("topics", 0.5)], 1.5, 1e-3, 10);

        Assert.Equal([PhaseCurves.TotalLoss, "intent", "topics"], after.Losses.Select(loss => loss.Name));
        Assert.Equal([new SeriesPoint(0, 3), new SeriesPoint(8, 1.5)], after.Losses.First().Series.Points);
        Assert.Equal(before.DevScore.Points, after.DevScore.Points);
    }

    [Theory]
    [InlineData(CurveSeries.Most - 1)]
    [InlineData(CurveSeries.Most)]
    [InlineData(CurveSeries.Most + 1)]
    [InlineData(5 * CurveSeries.Most)]
    public void Restore_FullCurve_StaysSmall(int points)
    {
        var series = new CurveSeries();
        double[] steps = [.. Enumerable.Range(0, points)];
        series.Restore(new CurveRecord("loss", steps, steps));
        for (var step = points; step < points + 2000; step++)
            series.Add(step, step);

        Assert.InRange(series.Points.Count, CurveSeries.Most / 4, CurveSeries.Most);
        Assert.All(series.Points, point => Assert.Equal(point.Step, point.Value, 1e-9));
        Assert.True(series.Points.Zip(series.Points.Skip(1)).All(pair => pair.First.Step < pair.Second.Step));
    }

    [Fact]
    public void Add_ManyReadings_KeepsFewPointsWithTheSameMean()
    {
        var series = new CurveSeries();
        for (var step = 0; step < 10_001; step++)
            series.Add(step, step);

        Assert.InRange(series.Points.Count, CurveSeries.Most / 2, CurveSeries.Most);
        Assert.All(series.Points, point => Assert.Equal(point.Step, point.Value, 1e-9));
        Assert.InRange(series.Points[^1].Step, 9_950, 10_000);
        Assert.True(series.Points.Zip(series.Points.Skip(1)).All(pair => pair.First.Step < pair.Second.Step));
    }
}
