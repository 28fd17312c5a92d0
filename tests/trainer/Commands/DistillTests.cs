using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Trainer.Tests.Training.History;
using Edge.Trainer.Training.History;

namespace Edge.Trainer.Tests.Commands;

public sealed class DistillTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-distill-").FullName;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Distill_TwoTeachers_GivesAStudentThatExportTakes()
    {
        TrainerProcess.WriteData(Data);
        var unlabelled = Path.Combine(_folder, "more.txt");
        File.WriteAllText(unlabelled, "please call emil\nremove dora, send money to carl\n");
        var first = await TrainerProcess.Run(
            "finetune", "--data", Data, "--out", At("first"), "--size", "48x3x96", "--pretraining-epochs", "1", "--epochs", "20");
        Assert.True(first.Code == ExitCode.Done, first.Output);
        var second = await TrainerProcess.Run("finetune", "--data", Data, "--out", At("second"), "--init", At("first"), "--epochs", "2");
        Assert.True(second.Code == ExitCode.Done, second.Output);

        // A label that the teachers have never seen is no reason to refuse the data.
        File.AppendAllText(Path.Combine(Data, "test.jsonl"), """{"text":"sing a song","intent":"sing","entities":[]}""" + "\n");
        var config = At("recipe.json");
        File.WriteAllText(
            config, """{ "distillation": { "studentLayers": [0, 2], "hiddenWeight": 0.1, "relationWeight": 1, "attentionWeight": 1 } }""");
        var distilled = await TrainerProcess.Run(
            "distill", "--teacher", At("first"), "--teacher", At("second"), "--data", Data, "--unlabelled", unlabelled, "--student-size",
            "48x2x96",
            "--epochs", "3", "--config", config, "--out", At("student"));
        Assert.True(distilled.Code == ExitCode.Done, distilled.Output);
        Assert.All(
            new[]
            {
                "starts from its teacher's layers 0, 2", "weight of the linear teacher: intent ", "asked once in",
                " more while the student learned", "edge_relative_positions 16", " 2 of 2 unlabelled and ", "student: test intent ",
                "teachers: test intent "
            },
            line => Assert.Contains(line, distilled.Output, StringComparison.Ordinal));

        var export = await TrainerProcess.Run("export", "--model", At("student"), "--data", Data, "--out", At("bundle"));
        Assert.True(export.Code == ExitCode.Done, export.Output);
        Assert.Equal(["entities", "intent"], BundleReader.Open(At("bundle")).Manifest.Task.Heads.Select(head => head.Name).Order());

        // A list of layers asks for what another width cannot do.
        var narrow = await TrainerProcess.Run(
            "distill", "--teacher", At("first"), "--data", Data, "--student-size", "32x2x64", "--config", config, "--out", At("narrow"));
        Assert.Equal(ExitCode.BadInput, narrow.Code);
        Assert.Contains(
            "distillation.studentLayers: the student cannot take the teacher's layers: it has width 32 against the teacher's 48",
            narrow.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distill_KilledInBothPhases_EndsWithTheWeightsOfAnUninterruptedOne()
    {
        TrainerProcess.WriteData(Data);
        File.WriteAllText(At("more.txt"), "please call emil\nremove dora, send money to carl\n");
        var taught = await TrainerProcess.Run(
            "finetune", "--data", Data, "--out", At("teacher"), "--size", "48x2x96", "--pretraining-epochs", "1", "--epochs", "4");
        Assert.True(taught.Code == ExitCode.Done, taught.Output);
        // Of another width than its teacher, so that it has a phase of pretraining and projections that learn with it.
        File.WriteAllText(
            At("recipe.json"),
            """{ "pretraining": { "batchSize": 8 }, "student": { "batchSize": 8, "patience": 99 }, "distillation": { "hiddenWeight": 0.1, "relationWeight": 1 } }""");
        var whole = await TrainerProcess.Run(Arguments("whole"));
        Assert.True(whole.Code == ExitCode.Done, whole.Output);

        string[] resumed = [.. Arguments("resumed"), "--resume", "--checkpoint-minutes", "0"];
        foreach (var line in new[] { "pretraining of the student: 5", "student: 6" })
            await TrainerProcess.RunAndKillAt(line, resumed);
        // Another teacher under the same name is another training.
        File.WriteAllText(At("teacher/other.json"), "{}");
        var other = await TrainerProcess.Run(resumed);
        Assert.Equal(ExitCode.BadInput, other.Code);
        Assert.Contains("--teacher was ", other.Output, StringComparison.Ordinal);
        File.Delete(At("teacher/other.json"));
        var last = await TrainerProcess.Run(resumed);

        Assert.True(last.Code == ExitCode.Done, last.Output);
        Assert.Contains("keeps 2 phases", last.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("student: 50 %", last.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(At("whole/model.safetensors")), File.ReadAllBytes(At("resumed/model.safetensors")));
        Assert.False(Directory.Exists(At("resumed.training")), "the state outlived the student");

        string[] Arguments(string name) =>
        [
            "distill", "--teacher", At("teacher"), "--data", Data, "--unlabelled", At("more.txt"), "--student-size", "32x2x64", "--config",
            At("recipe.json"),
            "--pretraining-epochs", "4", "--epochs", "6", "--threads", "1", "--out", At(name),
        ];
    }

    [Fact]
    public async Task TensorBoard_FinetuneThenDistill_WriteAFolderAPhase()
    {
        TrainerProcess.WriteData(Data);
        var taught = await TrainerProcess.Run(
            "finetune", "--data", Data, "--out", At("teacher"), "--size", "32x1x64", "--pretraining-epochs", "1", "--epochs", "2",
            "--tensorboard", At("events/teacher"));
        Assert.True(taught.Code == ExitCode.Done, taught.Output);
        var distilled = await TrainerProcess.Run(
            "distill", "--teacher", At("teacher"), "--data", Data, "--student-size", "32x1x64", "--pretraining-epochs", "1", "--epochs",
            "2", "--out", At("student"),
            "--tensorboard", At("events/student"));
        Assert.True(distilled.Code == ExitCode.Done, distilled.Output);

        Assert.Equal(["pretraining", "training"], Phases("teacher"));
        Assert.Equal(["pretraining-of-the-student", "student"], Phases("student"));
        string[] always = ["loss/" + PhaseCurves.TotalLoss, "learning rate", "dev/score", "dev/loss"];
        Assert.All([.. always, "loss/intent", "loss/entities"], tag => Assert.Contains(tag, Tags("teacher/training")));
        Assert.All([.. always, "loss/intent soft", "loss/entities soft"], tag => Assert.Contains(tag, Tags("student/student")));

        IEnumerable<string> Phases(string run) =>
            Directory.GetDirectories(At("events/" + run)).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);
        HashSet<string> Tags(string phase) =>
            [.. EventFileReader.Read(Directory.GetFiles(At("events/" + phase)).Single()).Scalars.Select(scalar => scalar.Tag)];
    }

    [Fact]
    public async Task Distill_ManyBadOptions_NamesAllInOneMessage()
    {
        var run = await TrainerProcess.Run(
            "distill", "--teacher", "/nowhere", "--data", Data, "--out", _folder + "/x", "--epochs", "0", "--student-size", "huge",
            "--budget-minutes", "0", "--unlabelled", "/none.txt",
            "--checkpoint-minutes", "-1");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.All(
            new[]
            {
                "--data", "--teacher /nowhere", "--epochs is 0", "--student-size is huge", "--budget-minutes is 0",
                "--unlabelled /none.txt", "--checkpoint-minutes is -1"
            },
            problem => Assert.Contains(problem, run.Output, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);
}
