using System.Diagnostics;

namespace Edge.Bench.Tests;

/// <summary>Programs, started as a technician starts them.</summary>
internal static class Programs
{
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
    public static Task<Result> BenchAsync(params string[] arguments) => RunAsync(Path.Combine(AppContext.BaseDirectory, "edge-bench"), arguments);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Result> RunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Result(process.ExitCode, output, await errors);
    }
}
