using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Trainer.Model.Checkpoints;

namespace Edge.Trainer.Tests.Commands;

public sealed class PretrainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-pretrain-").FullName;

    [Fact]
    public async Task Pretrain_KilledAndResumed_EndsWithTheWeightsOfAnUninterruptedOneAndTeachesARun()
    {
        WriteTexts();
        var whole = await TrainerProcess.Run(Pretrain("whole"));
        Assert.True(whole.Code == ExitCode.Done, whole.Output);
        Assert.Contains("hidden words guessed", whole.Output, StringComparison.Ordinal);
        Assert.Contains("config.json has edge_relative_positions 16, which other readers (Hugging Face) ignore", whole.Output,
            StringComparison.Ordinal);

        string[] resumed = [.. Pretrain("resumed"), "--resume", "--checkpoint-minutes", "0"];
        await TrainerProcess.RunAndKillAt("pretraining: 40 %", resumed);
        Assert.False(Directory.Exists(At("resumed")));
        var last = await TrainerProcess.Run(resumed);
        Assert.True(last.Code == ExitCode.Done, last.Output);
        Assert.Contains("keeps 1 phase;", last.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(At("whole/model.safetensors")), File.ReadAllBytes(At("resumed/model.safetensors")));
        Assert.False(Directory.Exists(At("resumed.training")));

        // Goes on from there, with the same vocabulary and the head.
        var continued =
            await TrainerProcess.Run("pretrain", "--texts", At("texts"), "--init", At("whole"), "--out", At("continued"), "--epochs", "1");
        Assert.True(continued.Code == ExitCode.Done, continued.Output);
        Assert.DoesNotContain("starts fresh", continued.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(At("whole/vocab.txt")), File.ReadAllBytes(At("continued/vocab.txt")));

        // Teaches a run: the student has its vocabulary and two of its three layers.
        TrainerProcess.WriteData(At("data"));
        var run = await TrainerProcess.Run("run", "--data", At("data"), "--out", At("bundle"), "--teacher", At("whole"), "--student-size",
            "32x2x64", "--epochs", "0,40,60");
        Assert.True(run.Code == ExitCode.Done, run.Output);
        Assert.Contains("missing, start fresh: pooler.dense.weight, pooler.dense.bias", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pretraining of the student", run.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(At("whole/vocab.txt")), File.ReadAllBytes(At("bundle/vocab.txt")));
        Assert.Equal(2, BertConfigFile.Read(At("bundle/config.json")).Layers);
        Assert.Equal(["fp16", "fp32", "int8"], BundleReader.Open(At("bundle")).Manifest.Precisions.Keys.Order());
    }

    [Fact]
    public async Task Run_TaskLongerThanTheCheckpoint_SaysBothLengths()
    {
        WriteTexts();
        var pretrain = await TrainerProcess.Run(Pretrain("model", "1"));
        Assert.True(pretrain.Code == ExitCode.Done, pretrain.Output);
        TrainerProcess.WriteData(At("data"));
        File.WriteAllText(At("task.json"),
            """{"language":"en","maxLength":64,"heads":[{"name":"intent","kind":"single"},{"name":"entities","kind":"span"}]}""");
        var run = await TrainerProcess.Run(
            "run", "--data", At("data"), "--out", At("bundle"), "--teacher", At("model"), "--task", At("task.json"));

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("maxLength is 64", run.Output, StringComparison.Ordinal);
        Assert.Contains("max_position_embeddings 32", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pretrain_LabelledTableWithOtherNamesAndBadRows_ReadsItAsRunDoes()
    {
        WriteTexts();
        Directory.CreateDirectory(At("data"));
        string[] names = ["otto", "paul", "rosa", "tina", "ute", "vera", "willi", "xaver", "yara", "zoe"];
        File.WriteAllLines(At("data/train.csv"), ["said,what,agent", .. names.Select(name => $"please call {name} now,call,7"), ",call,7"]);
        string[] read = [.. Pretrain("model", "1"), "--data", At("data"), "--map", "said=text,what=intent"];

        var refused = await TrainerProcess.Run(read);
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.Contains("train.csv:12", refused.Output, StringComparison.Ordinal);

        var run = await TrainerProcess.Run([.. read, "--skip-bad", At("bad.jsonl")]);
        Assert.True(run.Code == ExitCode.Done, run.Output);
        Assert.Contains($"1 bad row was skipped; {At("bad.jsonl")} lists them.", run.Output, StringComparison.Ordinal);
        // 60 of the files and 8 of the table, of which dev and test are set apart
        Assert.Contains("\n68 texts, ", run.Output, StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(At("bad.jsonl")));
    }

    [Theory]
    [InlineData("--map", "said=text", "--map says how labelled data are read, and --data is absent")]
    [InlineData("--skip-bad", "bad.jsonl", "--skip-bad says how labelled data are read, and --data is absent")]
    [InlineData("--map", "said", "'said' is not of the form column=name")]
    public async Task Usage_HowLabelledDataAreReadWithoutThem_IsRefused(string option, string value, string said)
    {
        WriteTexts();
        var run = await TrainerProcess.Run([.. Pretrain("model", "1"), option, value]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_ManyBadOptions_NamesAllInOneMessage()
    {
        var run = await TrainerProcess.Run(
            "pretrain", "--texts", "none.txt", "--data", "none", "--out", _folder + "/x", "--init", "none", "--size", "huge",
            "--vocabulary", "7", "--max-length", "1000",
            "--epochs", "0", "--budget-minutes", "0", "--masked-share", "0.9", "--seed", "-1", "--threads", "0", "--checkpoint-minutes",
            "-1");
        Assert.Equal(ExitCode.BadInput, run.Code);
        string[] named =
        [
            "--texts", "--data", "--init", "--size", "--vocabulary", "--max-length", "--epochs", "--budget-minutes", "--masked-share",
            "--seed", "--threads", "--checkpoint-minutes",
        ];
        Assert.All(named, option => Assert.Contains(option, run.Output, StringComparison.Ordinal));

        var teacher =
            await TrainerProcess.Run("run", "--data", "none", "--out", At("bundle"), "--teacher", "none", "--teacher-size", "base");
        Assert.Equal(ExitCode.BadInput, teacher.Code);
        Assert.Contains("--teacher none: there is no config.json", teacher.Output, StringComparison.Ordinal);
        Assert.Contains("use one of them", teacher.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private void WriteTexts()
    {
        Directory.CreateDirectory(At("texts"));
        string[] names = ["anna", "bert", "carl", "dora", "emil", "fritz", "gerd", "hans", "ida", "jana", "karl", "lena"];
        File.WriteAllLines(At("texts/calls.txt"),
            names.SelectMany(
                name => new[]
                {
                    $"please call {name} now", "", $"send money to {name}", $"when do i meet {name} again", $"tell {name} that i am late"
                }));
        File.WriteAllLines(At("texts/more.txt"), names.Select(name => $"is {name} there"));
    }

    private string[] Pretrain(string name, string epochs = "10") =>
        ["pretrain", "--texts", At("texts"), "--out", At(name), "--size", "32x3x64", "--max-length", "32", "--epochs", epochs, "--config",
            Config()];

    private string Config()
    {
        File.WriteAllText(At("recipe.json"), """{ "pretraining": { "batchSize": 8 } }""");
        return At("recipe.json");
    }
}
