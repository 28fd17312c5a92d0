using Edge.Bundles.Common;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Tests.Commands;

public sealed class TuneTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-tune-").FullName;

    [Fact]
    public async Task Tune_MicroSet_WritesSettingsThatRunTakes()
    {
        var data = Path.Combine(_folder, "data");
        TrainerProcess.WriteData(data);
        var output = Path.Combine(_folder, "recipe.json");
        var tune = await TrainerProcess.Run(
            "tune", "--data", data, "--out", output, "--budget-minutes", "0.1", "--trials", "4", "--parameters", "lr,batch,freeze",
            "--student-size", "32x2x64");

        Assert.True(tune.Code == ExitCode.Done, tune.Output);
        Assert.Contains("rung 1, trial 1: dev", tune.Output, StringComparison.Ordinal);
        Assert.Empty(RecipeFile.Read(output).Problems());
        var table = await File.ReadAllLinesAsync(Path.Combine(_folder, "recipe.trials.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("trial,rung,lr,batch,freeze,devScore,devLoss,seconds", table[0]);
        Assert.StartsWith("1,1,,,,", table[1], StringComparison.Ordinal);
        var run = await TrainerProcess.Run(
            "run", "--data", data, "--out", Path.Combine(_folder, "bundle"), "--config", output, "--student-size", "32x2x64", "--epochs",
            "0,1,1");
        Assert.True(run.Code == ExitCode.Done, run.Output);
    }

    [Fact]
    public async Task Tune_ManyBadOptions_NamesAllInOneMessage()
    {
        var run = await TrainerProcess.Run(
            "tune", "--data", "/nowhere", "--out", _folder, "--budget-minutes", "0", "--trials", "1", "--parameters", "lr,magic",
            "--student-size", "7x7x7");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.All(
            new[]
            {
                "--data /nowhere", "--out ", "--budget-minutes is 0", "--trials is 1", "there is no magic; use lr, ",
                "--student-size is 7x7x7"
            },
            problem => Assert.Contains(problem, run.Output, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
