using System.Diagnostics;

namespace Edge.Tests.Support;

/// <summary>The examples that a program's <c>--help</c> shows, and running them as a user does.</summary>
public static class HelpExamples
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Those of the program and of all of its commands, each once.</summary>
    /// <param name="program">Path of the program.</param>
    public static async Task<IReadOnlyList<string>> ReadAsync(string program)
    {
        var examples = new List<string>();
        await AddAsync([]);
        return [.. examples.Distinct()];

        async Task AddAsync(string[] command)
        {
            var (code, output, errors) = await RunAsync(new ProcessStartInfo(program, [.. command, "--help"]));
            Assert.True(code == 0, errors);
            var help = HelpText.Parse(output);
            examples.AddRange(help.Examples);
            foreach (var (name, _) in help.Commands)
                await AddAsync([.. command, name.Split(' ')[0]]);
        }
    }

    /// <summary>Runs one in a shell.</summary>
    /// <param name="example">The command line.</param>
    /// <param name="folder">Where it runs: a folder with the files that it names.</param>
    public static Task<(int Code, string Output, string Errors)> RunAsync(string example, string folder) =>
        RunAsync(Shell(example, folder));

    /// <summary>How a shell runs one. Its programs are those beside the test.</summary>
    public static ProcessStartInfo Shell(string example, string folder) => new("/bin/sh", ["-c", example])
    {
        WorkingDirectory = folder,
        Environment = { ["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}" },
    };

    private static async Task<(int Code, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
