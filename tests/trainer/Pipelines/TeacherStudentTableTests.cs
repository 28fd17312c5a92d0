using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tests.Pipelines;

public sealed class TeacherStudentTableTests
{
    [Fact]
    public void Format_SmallerAndFasterStudent_SaysWhatIsKeptAndGained()
    {
        string[] lines = [.. TeacherStudentTable.Format(
        [
            new("teacher", Report(0.871, 0.892, 0.700), 28.1, 3.1),
            new("student, FP32", Report(0.866, 0.889, 0.693), 17.2, 0.9),
            new("student, INT8", Report(0.865, 0.888, 0.690), 4.6, 0.34),
        ])];

        Assert.Equal(
        [
            "on test        intent  entities  all heads     size  an answer",
            "teacher        87.1 %    89.2 %     70.0 %  28.1 MB    3.10 ms",
            "student, FP32  86.6 %    88.9 %     69.3 %  17.2 MB    0.90 ms",
            "student, INT8  86.5 %    88.8 %     69.0 %   4.6 MB    0.34 ms",
            "The student keeps 98.6 % of what its teacher gets right, in 16 % of the size, 9.1 times as fast.",
        ], lines);
    }

    [Fact]
    public void Format_StudentBetterThanItsTeacher_SaysByHowMuch()
    {
        var last = TeacherStudentTable
            .Format([new("teacher", Report(0.8, 0.8, 0.60), 10, 1), new("student, INT8", Report(0.8, 0.8, 0.615), 5, 0.5)]).Last();

        Assert.StartsWith(
            "The student answers 1.5 points more utterances right than its teacher, in 50 % of the size", last, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_OneHead_HasNoColumnForAllHeads() =>
        Assert.DoesNotContain(
            "all heads", TeacherStudentTable.Format([new("teacher", OneHead(), 10, 1), new("student, INT8", OneHead(), 5, 0.5)]).First(),
            StringComparison.Ordinal);

    private static EvaluationReport OneHead() =>
        new("fp32", 100, [("intent", new HeadReport(HeadKind.Single, 100, [("accuracy", 0.9)]))], 0.9);

    private static EvaluationReport Report(double intent, double entities, double whole) => new(
        "fp32", 1000,
        [("intent", new HeadReport(HeadKind.Single, 1000, [("accuracy", intent)])),
            ("entities", new HeadReport(HeadKind.Span, 1000, [("f1", entities)]))],
        whole);
}
