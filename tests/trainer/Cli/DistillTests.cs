using Edge.Bundles;
using Edge.Trainer.Commands;
using Edge.Trainer.Reporting.History;
using Edge.Trainer.Tests.Reporting;

namespace Edge.Trainer.Tests.Cli;

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
        var first = await TrainerProcess.Run("finetune", "--data", Data, "--out", At("first"), "--size", "48x3x96", "--pretraining-epochs", "1", "--epochs", "20");
        Assert.True(first.Code == ExitCode.Done, first.Output);
        var second = await TrainerProcess.Run("finetune", "--data", Data, "--out", At("second"), "--init", At("first"), "--epochs", "2");
        Assert.True(second.Code == ExitCode.Done, second.Output);

        // A label that the teachers have never seen is no reason to refuse the data.
        File.AppendAllText(Path.Combine(Data, "test.jsonl"), """{"text":"sing a song","intent":"sing","entities":[]}""" + "\n");
        var config = At("recipe.json");
        File.WriteAllText(config, """{ "distillation": { "studentLayers": [0, 2], "hiddenWeight": 0.1, "relationWeight": 1, "attentionWeight": 1, "mixedTexts": 0.5 } }""");
        var distilled = await TrainerProcess.Run(
            "distill", "--teacher", At("first"), "--teacher", At("second"), "--data", Data, "--unlabelled", unlabelled, "--student-size", "48x2x96",
            "--epochs", "3", "--config", config, "--out", At("student"));
        Assert.True(distilled.Code == ExitCode.Done, distilled.Output);
        Assert.All(
            new[] { "starts from its teacher's layers 0, 2", "weight of the linear teacher: intent ", "asked once in", " 2 of 2 unlabelled, ", "student: test intent ", "teachers: test intent " },
            line => Assert.Contains(line, distilled.Output, StringComparison.Ordinal));

        var export = await TrainerProcess.Run("export", "--model", At("student"), "--data", Data, "--out", At("bundle"));
        Assert.True(export.Code == ExitCode.Done, export.Output);
        Assert.Equal(["entities", "intent"], BundleReader.Open(At("bundle")).Manifest.Task.Heads.Select(head => head.Name).Order());

        // A list of layers asks for what another width cannot do.
        var narrow = await TrainerProcess.Run("distill", "--teacher", At("first"), "--data", Data, "--student-size", "32x2x64", "--config", config, "--out", At("narrow"));
        Assert.Equal(ExitCode.BadInput, narrow.Code);
        Assert.Contains("distillation.studentLayers: the student cannot take the teacher's layers: it has width 32 against the teacher's 48", narrow.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TensorBoard_FinetuneThenDistill_WriteAFolderAPhase()
    {
        TrainerProcess.WriteData(Data);
        var taught = await TrainerProcess.Run(
            "finetune", "--data", Data, "--out", At("teacher"), "--size", "32x1x64", "--pretraining-epochs", "1", "--epochs", "2", "--tensorboard", At("events/teacher"));
        Assert.True(taught.Code == ExitCode.Done, taught.Output);
        var distilled = await TrainerProcess.Run(
            "distill", "--teacher", At("teacher"), "--data", Data, "--student-size", "32x1x64", "--pretraining-epochs", "1", "--epochs", "2", "--out", At("student"),
            "--tensorboard", At("events/student"));
        Assert.True(distilled.Code == ExitCode.Done, distilled.Output);

        Assert.Equal(["pretraining", "training"], Phases("teacher"));
        Assert.Equal(["pretraining-of-the-student", "student"], Phases("student"));
        string[] always = ["loss/" + PhaseCurves.TotalLoss, "learning rate", "dev/score", "dev/loss"];
        Assert.All([.. always, "loss/intent", "loss/entities"], tag => Assert.Contains(tag, Tags("teacher/training")));
        Assert.All([.. always, "loss/intent soft", "loss/entities soft"], tag => Assert.Contains(tag, Tags("student/student")));

        IEnumerable<string> Phases(string run) => Directory.GetDirectories(At("events/" + run)).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);
        HashSet<string> Tags(string phase) => [.. EventFileReader.Read(Directory.GetFiles(At("events/" + phase)).Single()).Scalars.Select(scalar => scalar.Tag)];
    }

    [Fact]
    public async Task Distill_Killed_EndsWithTheWeightsOfAnUninterruptedOne()
    {
        TrainerProcess.WriteData(Data);
        var taught = await TrainerProcess.Run("finetune", "--data", Data, "--out", At("teacher"), "--size", "48x2x96", "--pretraining-epochs", "1", "--epochs", "10");
        Assert.True(taught.Code == ExitCode.Done, taught.Output);
        File.WriteAllText(At("recipe.json"), """{ "distillation": { "hiddenWeight": 0.1, "relationWeight": 1, "mixedTexts": 0.5 }, "student": { "batchSize": 8, "patience": 99, "weightAverage": 0.9 } }""");
        string[] options =
        [
            "distill", "--teacher", At("teacher"), "--data", Data, "--student-size", "32x2x64", "--pretraining-epochs", "2", "--epochs", "20", "--config", At("recipe.json"),
            "--checkpoint-minutes", "0",
        ];
        var whole = await TrainerProcess.Run([.. options, "--out", At("whole")]);
        Assert.True(whole.Code == ExitCode.Done, whole.Output);
        await TrainerProcess.RunAndKillAt("student: 60 %", [.. options, "--out", At("resumed")]);

        var resumed = await TrainerProcess.Run([.. options, "--out", At("resumed"), "--resume"]);

        Assert.True(resumed.Code == ExitCode.Done, resumed.Output);
        Assert.Equal(File.ReadAllBytes(Path.Combine(At("whole"), "model.safetensors")), File.ReadAllBytes(Path.Combine(At("resumed"), "model.safetensors")));
    }

    [Fact]
    public async Task Distill_ManyBadOptions_NamesAllInOneMessage()
    {
        var run = await TrainerProcess.Run(
            "distill", "--teacher", "/nowhere", "--data", Data, "--out", _folder + "/x", "--epochs", "0", "--student-size", "huge", "--budget-minutes", "0", "--unlabelled", "/none.txt");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.All(
            new[] { "--data", "--teacher /nowhere", "--epochs is 0", "--student-size is huge", "--budget-minutes is 0", "--unlabelled /none.txt" },
            problem => Assert.Contains(problem, run.Output, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);
}
