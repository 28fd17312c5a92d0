using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Edge.Trainer.Commands;

namespace Edge.Trainer.Tests.Commands;

/// <summary>What the help of each command gives as an example can be typed as it stands. Only the time is shorter here.</summary>
public sealed partial class HelpExamplesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-examples-").FullName;

    [Fact]
    public async Task Examples_OfEveryCommand_Work()
    {
        var commands = All(TrainerCommand.Create(TestContext.Current.CancellationToken)).ToArray();
        Assert.All(commands, command => Assert.NotEmpty(Examples(command)));
        await Prepare();

        // What a command makes others take: models before bundles, bundles before what is measured on them.
        string[] order = ["doctor", "synth", "pretrain", "finetune", "distill", "export", "run"];
        var examples = commands.OrderBy(command => Array.IndexOf(order, command.Name) is >= 0 and var place ? place : order.Length)
            .SelectMany(Examples).Distinct().ToArray();
        Assert.InRange(examples.Length, 12, 100);
        foreach (var example in examples)
        {
            var (code, output) = await Shell(Short(example));
            Assert.True(code == 0, $"{example}\n{output}");
            if (example.Contains("--out bundles/first", StringComparison.Ordinal)
                && !Directory.Exists(Path.Combine(_folder, "bundles", "second")))
                await Shell("cp -r bundles/first bundles/second");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The files that the examples name: utterances, raw texts, a checkpoint with layers to freeze.
    private async Task Prepare()
    {
        TrainerProcess.WriteData(Path.Combine(_folder, "data", "calls"));
        File.Copy(Path.Combine(_folder, "data", "calls", "test.jsonl"), Path.Combine(_folder, "test.jsonl"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "project-1.json"),
            "[{\"data\":{\"text\":\"EU rejects\"},\"annotations\":[{\"result\":[{\"from_name\":\"label\",\"type\":\"labels\"," +
            "\"value\":{\"start\":0,\"end\":2,\"text\":\"EU\",\"labels\":[\"ORG\"]}}]}]}]");
        Directory.CreateDirectory(Path.Combine(_folder, "transcripts"));
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, "transcripts", "calls.txt"), Enumerable.Range(0, 60).Select(i => $"please call number {i} now"));
        var program = Path.Combine(_folder, "edge-trainer");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{typeof(TrainerCommand).Assembly.Location}' \"$@\"\n");
        await Shell("chmod +x edge-trainer");
        var (code, output) =
            await Shell("edge-trainer pretrain --texts transcripts/ --out models/bert-base-chinese --size 48x6x96 --epochs 1");
        Assert.True(code == 0, output);
    }

    private static IEnumerable<Command> All(Command command) =>
        command.Subcommands.Where(inner => !inner.Hidden).SelectMany(All).Prepend(command);

    private static IEnumerable<string> Examples(Command command) =>
        Example().Matches(command.Description!).Select(match => match.Groups[1].Value);

    // In three seconds instead of minutes. The root's example of run has no budget, and by then its result may stand.
    private string Short(string example)
    {
        var line = Minutes().Replace(example, "--budget-minutes 0.05");
        if (!example.StartsWith("edge-trainer run ", StringComparison.Ordinal))
            return line;
        if (line == example)
            line += " --budget-minutes 0.05";
        return Directory.Exists(Path.Combine(_folder, "bundles", "first")) ? line + " --force" : line;
    }

    private async Task<(int Code, string Output)> Shell(string line)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = _folder,
            Environment = { ["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await errors + output);
    }

    [GeneratedRegex("^Example: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"--budget-minutes \d+")]
    private static partial Regex Minutes();
}
