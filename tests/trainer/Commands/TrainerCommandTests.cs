using System.Diagnostics;
using System.Text.Json.Nodes;
using Edge.Bundles;
using Edge.Bundles.Common;

namespace Edge.Trainer.Tests.Commands;

public sealed class TrainerCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-cli-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private string Out => Path.Combine(_folder, "bundle");

    [Fact]
    public async Task Run_MicroSet_WritesABundleThatOpensAndEvaluates()
    {
        TrainerProcess.WriteData(Data);
        var run = await TrainerProcess.Run(
            "run", "--data", Data, "--out", Out, "--epochs", "0,100,150", "--teacher-size", "48x2x96", "--student-size", "32x2x64");

        Assert.True(run.Code == ExitCode.Done, run.Output);
        Assert.Contains("fp32 file equals the trained student", run.Output, StringComparison.Ordinal);
        var bundle = BundleReader.Open(Out);
        Assert.Equal(["fp16", "fp32", "int8"], bundle.Manifest.Precisions.Keys.Order());
        Assert.True(bundle.Has(BundleFiles.Report) && bundle.Has("run.json"));
        Assert.True(bundle.Has(BundleFiles.Golden) && bundle.Has(BundleFiles.Student) && bundle.Has("config.json"));
        Assert.Equal([Data, Out], Directory.EnumerateFileSystemEntries(_folder).OrderDescending());

        var evaluate = await TrainerProcess.Run(
            "evaluate", "--bundle", Out, "--data", Path.Combine(Data, "test.jsonl"), "--precision", "int8", "--json");
        Assert.True(evaluate.Code == ExitCode.Done, evaluate.Output);
        var report = JsonNode.Parse(evaluate.Output)!;
        Assert.Equal(bundle.Manifest.Precisions["int8"].Metrics!.ToJsonString(), report.ToJsonString());
        Assert.True(report["heads"]!["intent"]!["accuracy"]!.GetValue<double>() > 0.5, evaluate.Output);

        var page = Path.Combine(Data, "report.html");
        var details = await TrainerProcess.Run(
            "evaluate", "--bundle", Out, "--data", Path.Combine(Data, "test.jsonl"), "--json", "--details", "--stress", "--report", page);
        Assert.True(details.Code == ExitCode.Done, details.Output);
        report = JsonNode.Parse(details.Output)!;
        Assert.Equal(["asr", "colloquial", "long", "typos"], report["stress"]!.AsObject().Select(kind => kind.Key).Order());
        Assert.All(new[] { "labels", "confusion", "reliability", "coverage" }, part => Assert.NotNull(report["heads"]!["intent"]![part]));
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        // The teacher answered the run's own test split, which these data need not be.
        const string Teacher = "The same utterances by each model file";
        Assert.DoesNotContain(Teacher, html, StringComparison.Ordinal);
        Assert.Contains(Teacher, await File.ReadAllTextAsync(Path.Combine(Out, BundleFiles.Report), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        var partly = Path.Combine(Data, "partly.jsonl");
        await File.WriteAllTextAsync(
            partly, "{\"text\":\"please call anna now\",\"intent\":\"call\",\"mood\":\"good\"}\n", TestContext.Current.CancellationToken);
        var noted = await TrainerProcess.Run("evaluate", "--bundle", Out, "--data", partly);
        Assert.True(noted.Code == ExitCode.Done, noted.Output);
        Assert.Contains("note: Keys left out because the task does not name them: mood.", noted.Output, StringComparison.Ordinal);
        Assert.Contains("note: No row annotates entities: it has no figures.", noted.Output, StringComparison.Ordinal);
        var refused = await TrainerProcess.Run("evaluate", "--bundle", Out, "--against", Out, "--data", partly, "--json", "--details");
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.Contains("--details does not go with --against", refused.Output, StringComparison.Ordinal);

        var mixed = Path.Combine(Data, "mixed.jsonl");
        string[] foreign = ["how old is the moon", "sing a song about rain and love", "who won", "is there life on mars after all"];
        await File.WriteAllLinesAsync(mixed,
            [
                .. await File.ReadAllLinesAsync(Path.Combine(Data, "test.jsonl"), TestContext.Current.CancellationToken),
                .. foreign.Select(text => $$"""{"text":"{{text}}","intent":"oos"}"""),
            ], TestContext.Current.CancellationToken);
        var scope = await TrainerProcess.Run("evaluate", "--bundle", Out, "--data", mixed, "--json", "--report", page);
        Assert.True(scope.Code == ExitCode.Done, scope.Output);
        report = JsonNode.Parse(scope.Output[scope.Output.IndexOf('{', StringComparison.Ordinal)..])!;
        Assert.Equal((4, 6), ((int)report["outOfScope"]!["count"]!, (int)report["outOfScope"]!["inScope"]!));
        Assert.Equal(bundle.Manifest.Precisions["int8"].Metrics!["heads"]!.ToJsonString(), report["heads"]!.ToJsonString());
        Assert.InRange((double)report["outOfScope"]!["auroc"]!, 0.8, 1);
        Assert.NotNull(report["outOfScope"]!["byConfidence"]!["recallAt95"]);
        Assert.Contains("Out-of-scope score", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        var table = await TrainerProcess.Run("evaluate", "--bundle", Out, "--data", mixed);
        Assert.Contains("out of scope, 4 utterances beside 6 in scope: AUROC ", table.Output, StringComparison.Ordinal);

        var errors = Path.Combine(Data, "errors.jsonl");
        var compare = await TrainerProcess.Run(
            "evaluate", "--bundle", Out, "--against", Out, "--data", Path.Combine(Data, "test.jsonl"), "--errors", errors);
        Assert.True(compare.Code == ExitCode.Done, compare.Output);
        Assert.Contains("No difference shown on intent (p = 1.000), entities (p = 1.000), whole sentences (p = 1.000).", compare.Output,
            StringComparison.Ordinal);
        Assert.True(File.Exists(errors));

        var again = await TrainerProcess.Run("run", "--data", Data, "--out", Out);
        Assert.Equal(ExitCode.BadInput, again.Code);
        Assert.Contains("add --force", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_LeavesNothing()
    {
        TrainerProcess.WriteData(Data);
        using var process =
            TrainerProcess.Create("run", "--data", Data, "--out", Out, "--epochs", "0,0,10000", "--student-size", "64x2x128");
        process.Start();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.StartsWith("plan", StringComparison.Ordinal))
        {
        }
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString()]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Cancelled, process.ExitCode);
        Assert.Contains("cancelled; no result was written", errors, StringComparison.Ordinal);
        Assert.Equal([Data], Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Run_ManyBadOptions_NamesAllInOneMessage()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "something"), "else");
        var run = await TrainerProcess.Run(
            "run", "--data", Data, "--out", Out, "--task", "none.json", "--teacher-size", "huge", "--student-size", "7x7x7",
            "--budget-minutes", "0",
            "--epochs", "1,x", "--seed", "-1", "--threads", "0", "--accepted-accuracy", "2", "--map", "=", "--checkpoint-minutes", "-1");

        Assert.Equal(ExitCode.BadInput, run.Code);
        string[] named =
        [
            "--data", "--out", "--task", "--teacher-size", "--student-size", "--budget-minutes", "--epochs", "--seed", "--threads",
            "--accepted-accuracy", "--map", "--checkpoint-minutes",
        ];
        Assert.All(named,
            option => Assert.Contains(
                option + (option is "--data" or "--out" or "--task" ? " " : ""), run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tune_AsItWasCalled_SaysThatItIsGone()
    {
        var run = await TrainerProcess.Run("tune", "--data", Data, "--out", "recipe.json", "--budget-minutes", "60");

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("tune is gone: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2", "there are 2 numbers")]
    [InlineData("x,1,2", "NaN stands for what is no number")]
    [InlineData("1,-1,2", "-1 is out of range: use 0 to 10000")]
    [InlineData("1,1,0", "the student has 0 epochs")]
    public async Task Run_EpochsThatAreWrong_SaysWhichRuleTheyBroke(string epochs, string rule)
    {
        var run = await TrainerProcess.Run("run", "--data", Data, "--out", Out, "--epochs", epochs);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains(rule, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("nonsense")]
    [InlineData("evaluate", "--bundle", "x", "--data", "y", "--precision", "int4")]
    [InlineData("evaluate", "--bundle", "/nowhere", "--data", "y")]
    public async Task Usage_Wrong_IsCodeTwo(params string[] arguments)
    {
        var run = await TrainerProcess.Run(arguments);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.StartsWith("edge-trainer", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step-time", false)]
    [InlineData("pretrain", true)]
    [InlineData("run", true)]
    [InlineData("finetune", true)]
    [InlineData("distill", true)]
    [InlineData("export", true)]
    [InlineData("evaluate", true)]
    [InlineData("synth", false)]
    [InlineData("data check", false)]
    [InlineData("data stress", true)]
    [InlineData("doctor", false)]
    public async Task Help_OfACommand_HasAnExampleAndTheOptionsThatItsMessagesName(string command, bool refusesBadRows)
    {
        var help = await TrainerProcess.Run([.. command.Split(' '), "--help"]);
        Assert.Equal(ExitCode.Done, help.Code);
        Assert.Matches($"Example: .*edge-trainer {command}", help.Output);
        if (refusesBadRows)
            Assert.All(["--map", "--skip-bad"], option => Assert.Contains(option, help.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("doctor")]
    public async Task VersionAndDoctor_Say_WhichPackagesAreInUse(string command)
    {
        var run = await TrainerProcess.Run(command);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches(@"TorchSharp \d+\.\d+", run.Output);
        Assert.Matches(@"Microsoft\.ML\.OnnxRuntime \d+\.\d+", run.Output);
    }

    [Fact]
    public async Task Doctor_OnAnyMachine_SaysWhatTrainingComputesIn()
    {
        var run = await TrainerProcess.Run("doctor");

        Assert.Matches("training: (MatMuls in bfloat16|single precision)", run.Output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
