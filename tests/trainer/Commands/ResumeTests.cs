using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Trainer.Model.Lora;

namespace Edge.Trainer.Tests.Commands;

public sealed class ResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-resume-").FullName;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Run_KilledInEveryPhase_EndsWithTheWeightsOfAnUninterruptedRun()
    {
        TrainerProcess.WriteData(Data);
        var whole = await TrainerProcess.Run(Arguments("whole"));
        Assert.True(whole.Code == ExitCode.Done, whole.Output);

        string[] resumed = [.. Arguments("resumed"), "--resume", "--checkpoint-minutes", "0"];
        foreach (var line in new[] { "pretraining: 50 %", "teacher 2 of 2: 61 %", "student: 70 %" })
            await TrainerProcess.RunAndKillAt(line, resumed);
        Assert.True(Directory.Exists(Path.Combine(_folder, "resumed.training")));
        var last = await TrainerProcess.Run(resumed);
        Assert.Contains("keeps 5 phases", last.Output, StringComparison.Ordinal);

        Assert.True(last.Code == ExitCode.Done, last.Output);
        Assert.Equal(Hash("whole"), Hash("resumed"));
        Assert.Equal(Curves("whole"), Curves("resumed"));
        Assert.False(Directory.Exists(Path.Combine(_folder, "resumed.training")), "the state outlived the bundle");
    }

    [Fact]
    public async Task Run_AdaptersOnTwoReplicasKilled_EndsWithTheSameStudentAndAdapters()
    {
        TrainerProcess.WriteData(Data);
        var config = Path.Combine(_folder, "adapters.json");
        File.WriteAllText(config,
            """{ "teacher": { "batchSize": 8, "patience": 99 }, "fineTuning": { "lora": { "rank": 4 } }, "ngrams": { "enabled": false } }""");
        string[] arguments =
        [
            "run", "--data", Data, "--config", config, "--epochs", "2,6,4,2", "--teacher-size", "48x2x96", "--student-size", "32x2x64",
            "--threads", "1", "--replicas", "2",
            "--checkpoint-minutes", "0",
        ];
        var whole = await TrainerProcess.Run([.. arguments, "--out", Path.Combine(_folder, "whole")]);
        Assert.True(whole.Code == ExitCode.Done, whole.Output);
        await TrainerProcess.RunAndKillAt("teacher 2 of 2: 5", [.. arguments, "--out", Path.Combine(_folder, "resumed")]);
        var resumed = await TrainerProcess.Run([.. arguments, "--out", Path.Combine(_folder, "resumed"), "--resume"]);

        Assert.True(resumed.Code == ExitCode.Done, resumed.Output);
        Assert.Equal(Hash("whole"), Hash("resumed"));
        var bundle = BundleReader.Open(Path.Combine(_folder, "resumed"));
        foreach (var file in new[] { PeftFile.Config, PeftFile.WeightsOf(1), PeftFile.WeightsOf(2) })
        {
            Assert.True(bundle.Has(file), file);
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "whole", file)), File.ReadAllBytes(bundle.PathOf(file)));
        }
        Assert.NotEqual(File.ReadAllBytes(bundle.PathOf(PeftFile.WeightsOf(1))), File.ReadAllBytes(bundle.PathOf(PeftFile.WeightsOf(2))));
    }

    [Fact]
    public async Task Run_KilledWithinABudget_GoesOnWithThePlanOfItsLastPhase()
    {
        TrainerProcess.WriteData(Data);
        string[] arguments = ["run", "--data", Data, "--out", Path.Combine(_folder, "bundle"), "--budget-minutes", "0.5", "--student-size",
            "32x2x64", "--checkpoint-minutes", "0"];
        await TrainerProcess.RunAndKillAt("student: ", arguments);

        var kept = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "bundle.training", "run.json")))!["remembered"]!;
        Assert.True(kept["student"]!["epochs"]!.GetValue<double>() > 0, kept.ToJsonString());
        var resumed = await TrainerProcess.Run([.. arguments, "--resume"]);
        Assert.True(resumed.Code == ExitCode.Done, resumed.Output);
    }

    [Fact]
    public async Task Run_StateOfAnotherRun_IsRefused()
    {
        TrainerProcess.WriteData(Data);
        var arguments = Arguments("bundle");
        await TrainerProcess.RunAndKillAt("teacher", [.. arguments, "--checkpoint-minutes", "0"]);

        var without = await TrainerProcess.Run(arguments);
        Assert.Equal(ExitCode.BadInput, without.Code);
        Assert.Contains("--resume", without.Output, StringComparison.Ordinal);

        var seed = await TrainerProcess.Run([.. arguments, "--resume", "--seed", "2"]);
        Assert.Equal(ExitCode.BadInput, seed.Code);
        Assert.Contains("--seed was 1, is 2", seed.Output, StringComparison.Ordinal);

        File.AppendAllText(Path.Combine(Data, "train.jsonl"), """{"text":"something else","intent":"call","entities":[]}""" + "\n");
        var data = await TrainerProcess.Run([.. arguments, "--resume"]);
        Assert.Equal(ExitCode.BadInput, data.Code);
        Assert.Contains("data was ", data.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Curves(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, name, "run.json")))!["phases"]!.ToJsonString();

    private string[] Arguments(string name)
    {
        var config = Path.Combine(_folder, "recipe.json");
        File.WriteAllText(config,
            """{ "pretraining": { "batchSize": 8 }, "teacher": { "batchSize": 8, "patience": 99 }, "student": { "batchSize": 8, "patience": 99 }, "distillation": { "hiddenWeight": 0.1, "relationWeight": 1 } }""");
        return
        [
            "run", "--data", Data, "--out", Path.Combine(_folder, name), "--config", config, "--epochs", "12,12,25,2", "--teacher-size",
            "48x2x96", "--student-size", "32x2x64",
        ];
    }

    private string Hash(string name) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, name, BundleFiles.Student))));
}
