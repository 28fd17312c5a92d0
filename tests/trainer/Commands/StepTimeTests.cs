using System.Globalization;

namespace Edge.Trainer.Tests.Commands;

public sealed class StepTimeTests
{
    [Fact]
    public async Task Steps_OfLongUtterances_UseTheMemoryOfTheStepsBefore()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");
        // A matrix of the feed-forward layer has 32 x 256 x 1024 floats: 34 MB, 8,192 pages. glibc as it is would ask for them anew in
        // every step.
        using var process =
            TrainerProcess.Create("step-time", "--size", "64x1x1024", "--batch", "32", "--shortest", "256", "--longest", "256");
        process.StartInfo.RedirectStandardInput = true;
        process.Start();
        Assert.Matches(@"^ready, libtorch \d+\.\d+", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await Steps(3);

        var before = PageFaults();
        await Steps(3);
        var faults = PageFaults() - before;

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.InRange(faults, 0, 30_000); // 127,000 as it is

        async Task Steps(int count)
        {
            await process.StandardInput.WriteLineAsync(count.ToString(CultureInfo.InvariantCulture));
            Assert.Contains(
                "wallMs", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        // Of proc(5)'s stat, the seventh field behind the name: faults that needed no disk.
        long PageFaults() =>
            long.Parse(File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1].Split(' ')[7], CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(null, "GOMP_SPINCOUNT = '1000'")]
    [InlineData("active", "OMP_WAIT_POLICY = 'ACTIVE'")]
    public async Task Threads_WaitingForEachOther_SleepWhereNobodyAskedOtherwise(string? asked, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libgomp is what libtorch uses on Linux");
        using var process = TrainerProcess.Create("step-time", "--size", "64x1x128");
        process.StartInfo.RedirectStandardInput = true;
        process.StartInfo.Environment["OMP_DISPLAY_ENV"] = "verbose"; // libgomp prints what it goes by
        if (asked is not null)
            process.StartInfo.Environment["OMP_WAIT_POLICY"] = asked;
        process.Start();
        process.StandardInput.Close();

        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }
}
