using System.Diagnostics;
using System.Text.Json;

namespace Edge.Bench.Tests.Accuracy;

/// <summary>The trainer is a script here that writes what a trainer writes: the road is what is tested, not learning.</summary>
public sealed class AccuracyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-accuracy-");

    public AccuracyCommandTests()
    {
        foreach (var set in new[] { "alpha", "beta" })
        {
            Directory.CreateDirectory(At("data", set));
            File.WriteAllText(At("data", set, "train.jsonl"), "{}\n");
        }
        Directory.CreateDirectory(At("data", "no-set"));
        TrainerScript.Write(At("edge-trainer"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Accuracy_TwoSeeds_GivesMeanAndSpreadAndIsNotTrainedTwice()
    {
        string[] command = ["accuracy", "--data", At("data"), "--sets", "alpha", "--seeds", "1,2", "--work", At("work"), "--trainer",
            At("edge-trainer"), "--budget-minutes", "0.5"];
        var (code, output, _) =
            await Programs.BenchAsync([.. command, "--json", "--markdown", At("table.md"), "--", "--student-size", "tiny"]);

        Assert.Equal(0, code);
        var alpha = JsonElement.Parse(output).GetProperty("sets").GetProperty("alpha");
        Assert.Equal((0.915, 0.007071), (Mean("intent accuracy"), alpha.GetProperty("intent accuracy").GetProperty("spread").GetDouble()));
        Assert.Equal(0.815, Mean("entities F1"));
        Assert.Equal(0.05, Mean("ECE, worst head"));
        Assert.Equal((-0.04 - 0.03) / 2, Mean("INT8 less FP32, worst head"), 1e-6);
        Assert.Equal(((0.81 / 0.9) + (0.82 / 0.9)) / 2, Mean("student / teacher, worst head"), 1e-6);
        var calls = await File.ReadAllLinesAsync(At("calls"), TestContext.Current.CancellationToken);
        Assert.Equal(2, calls.Length);
        Assert.Contains("--seed 1 --budget-minutes 0.5 --student-size tiny --out", calls[0], StringComparison.Ordinal);
        var markdown = await File.ReadAllTextAsync(At("table.md"), TestContext.Current.CancellationToken);
        Assert.Contains("    edge-bench accuracy --data data --sets alpha --seeds 1,2 --budget-minutes 0.5 -- --student-size tiny\n",
            markdown, StringComparison.Ordinal);
        Assert.Contains(
            "| set | intent accuracy | intent macro F1 | entities F1 | sentence accuracy | ECE, worst head | INT8 less FP32, worst head " +
            "| student / teacher, worst head | minutes |\n| --- |", markdown, StringComparison.Ordinal);
        Assert.Contains("| alpha (2 seeds) | 91.50 ± 0.71 | 50.00 ± 0.00 | 81.50 ± 0.71 | 70.00 ± 0.00 | 0.050 ± 0.000 |", markdown,
            StringComparison.Ordinal);

        var again = await Programs.BenchAsync([.. command, "--", "--student-size", "tiny"]);
        Assert.Equal(0, again.Code);
        Assert.Contains("alpha, seed 2: finished before", again.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(At("calls"), TestContext.Current.CancellationToken)).Length);
        var otherwise = await Programs.BenchAsync(command);
        Assert.Equal(1, otherwise.Code);
        Assert.Contains("was trained with other options", otherwise.Errors, StringComparison.Ordinal);

        double Mean(string column) => alpha.GetProperty(column).GetProperty("mean").GetDouble();
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("data", "alpha", "train.jsonl")]
    [InlineData("data", "alpha", "dev.csv")]
    [InlineData("task.json")] // behind the dashes
    public async Task Accuracy_OneByteOfWhatItLearnsFromChanged_IsNoFinishedTraining(params string[] changed)
    {
        foreach (var name in new[] { "config.json", "task.json" })
            await File.WriteAllTextAsync(At(name), "{ }", TestContext.Current.CancellationToken);
        string[] command =
            ["accuracy", "--data", At("data"), "--sets", "alpha", "--seeds", "1", "--work", At("work"), "--trainer", At("edge-trainer"),
                "--config", At("config.json"), "--", "--task", At("task.json")];
        Assert.Equal(0, (await Programs.BenchAsync(command)).Code);
        Assert.Equal(0, (await Programs.BenchAsync(command)).Code);

        await File.AppendAllTextAsync(At(changed), " ", TestContext.Current.CancellationToken);
        var (code, output, errors) = await Programs.BenchAsync(command);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("was trained with other options, data or settings, or by another build", errors, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(At("calls"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    public async Task Accuracy_Signal_EndsTheTrainingAndSaysSoInALine(string signal, int expected)
    {
        await File.WriteAllTextAsync(At("slow"), "", TestContext.Current.CancellationToken);

        var (code, output, errors) = await Programs.SignalBenchAsync(
            signal, _folder.FullName, "training;", "accuracy", "--data", At("data"), "--sets", "alpha", "--seeds", "1", "--work",
            At("work"), "--trainer", At("edge-trainer"));

        Assert.Equal((expected, ""), (code, output));
        Assert.Equal(
            $"edge-bench: ended by SIG{signal} before it was done.\n", errors[(errors.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    [Theory]
    [InlineData("--threads", "3")]
    [InlineData("--threads=3")]
    public async Task Accuracy_ThreadsBehindTheDashes_AreTheOnlyOnes(params string[] threads)
    {
        using (var pipe = Process.Start("mkfifo", At("meet")))
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);

        var (code, _, errors) = await Programs.BenchAsync(
            ["accuracy", "--data", At("data"), "--sets", "alpha", "--seeds", "1,2", "--work", At("work"), "--trainer", At("edge-trainer"),
                "--at-once", "2", "--", .. threads]);

        Assert.True(code == 0, errors);
        var calls = await File.ReadAllLinesAsync(At("calls"), TestContext.Current.CancellationToken);
        Assert.All(calls, call => Assert.Equal(2, call.Split("--threads").Length));
        Assert.All(calls, call => Assert.Contains(string.Join(' ', threads), call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accuracy_TwoAtOnce_RunTogetherAndShareTheProcessors()
    {
        using (var pipe = Process.Start("mkfifo", At("meet")))
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);

        var (code, _, errors) = await Programs.BenchAsync(
            "accuracy", "--data", At("data"), "--sets", "alpha", "--seeds", "1,2", "--work", At("work"), "--trainer", At("edge-trainer"),
            "--at-once", "2");

        Assert.True(code == 0, errors);
        var calls = await File.ReadAllLinesAsync(At("calls"), TestContext.Current.CancellationToken);
        Assert.All(calls,
            call => Assert.Contains($"--threads {Math.Max(1, Environment.ProcessorCount / 2)} ", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accuracy_OneTrainingFails_ShowsTheOthersAndSaysNo()
    {
        var (code, output, errors) = await Programs.BenchAsync(
            "accuracy", "--data", At("data"), "--seeds", "1,2", "--work", At("work"), "--trainer", At("edge-trainer"), "--json");

        Assert.Equal(1, code);
        Assert.Contains("beta, seed 2: edge-trainer ended with 3: edge-trainer run: no luck", errors, StringComparison.Ordinal);
        var sets = JsonElement.Parse(output).GetProperty("sets");
        Assert.Equal(["alpha", "beta"], sets.EnumerateObject().Select(set => set.Name));
        Assert.Equal(JsonValueKind.Null, sets.GetProperty("beta").GetProperty("intent accuracy").GetProperty("spread").ValueKind);
    }

    [Fact]
    public async Task Accuracy_ManyBadOptions_NamesAllInOneMessage()
    {
        var (code, _, errors) = await Programs.BenchAsync(
            "accuracy", "--data", At("data"), "--sets", "gamma", "--seeds", "1,x", "--config", "none.json", "--trainer",
            "/nowhere/edge-trainer",
            "--markdown", "/nowhere/docs/table.md", "table.md", "--", "--threads", "1");

        Assert.Equal(2, code);
        Assert.All(["--sets names gamma", "--seeds is 1,x;", "--config none.json", "/nowhere/edge-trainer",
            "there is no folder /nowhere/docs", "table.md is no option"], part => Assert.Contains(part, errors, StringComparison.Ordinal));
        Assert.DoesNotContain("--threads is no option", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accuracy_MarkdownNamesAFolder_SaysSoBeforeItTrains()
    {
        var (code, _, errors) = await Programs.BenchAsync(
            "accuracy", "--data", At("data"), "--work", At("work"), "--trainer", At("edge-trainer"), "--markdown", _folder.FullName);

        Assert.Equal(2, code);
        Assert.Contains($"--markdown '{_folder.FullName}' is a folder; name a file", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(At("calls")));
    }

    [Fact]
    public async Task Accuracy_TrainerThatIsNoProgram_SaysSo()
    {
        var (code, _, errors) = await Programs.BenchAsync(
            "accuracy", "--data", At("data"), "--work", At("work"), "--trainer", At("data", "alpha", "train.jsonl"));

        Assert.Equal(3, code);
        Assert.Contains("train.jsonl", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private string At(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);
}
