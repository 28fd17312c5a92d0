using System.Diagnostics;

namespace Edge.Bench.Tests;

/// <summary>Programs, started as a technician starts them.</summary>
internal static class Programs
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static string Bench => Of("edge-bench");

    /// <summary>A program of this build.</summary>
    public static string Of(string program) => Path.Combine(AppContext.BaseDirectory, program);

    /// <summary>What a program did.</summary>
    /// <param name="Code">Exit code.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Errors">Standard error.</param>
    public sealed record Result(int Code, string Output, string Errors)
    {
        /// <summary>Both.</summary>
        public string All => Output + Errors;
    }

    /// <summary>Runs edge-bench to its end.</summary>
    public static Task<Result> BenchAsync(params string[] arguments) => RunAsync(Bench, arguments);

    /// <summary>Runs edge-bench to its end, with one variable of its own.</summary>
    public static Task<Result> BenchWithAsync(string variable, string value, params string[] arguments) =>
        RunAsync(new ProcessStartInfo(Bench, arguments) { Environment = { [variable] = value } });

    /// <summary>Runs a program to its end.</summary>
    public static Task<Result> RunAsync(string file, params string[] arguments) => RunAsync(new ProcessStartInfo(file, arguments));

    /// <summary>
    /// Starts edge-bench with a temporary folder of its own, signals it when it or a program of it has said something, and waits for its
    /// end and that of the programs that it started.
    /// </summary>
    /// <param name="signal">Name of the signal.</param>
    /// <param name="temporary">The folder.</param>
    /// <param name="ready">A line on its standard error that says that it is time.</param>
    /// <param name="arguments">Command line.</param>
    public static async Task<Result> SignalBenchAsync(string signal, string temporary, string ready, params string[] arguments)
    {
        // A shell without job control ignores SIGINT in what it starts, and so would edge-bench.
        using var process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", Bench, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["TMPDIR"] = temporary },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = "";
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit) is { } line)
        {
            said += line + "\n";
            if (line.Contains(ready, StringComparison.Ordinal))
                break;
        }
        string[] children;
        do
            children = Children(process.Id);
        while (children.Length == 0 && !process.HasExited);
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        said += await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"{child} still runs"));
        return new Result(process.ExitCode, await output, said);
    }

    // proc(5); a thread may end while we look.
    private static string[] Children(int process)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{process}/task")
                .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Result> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Result(process.ExitCode, output, await errors);
    }
}
