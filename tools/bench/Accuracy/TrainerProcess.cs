using System.Diagnostics;

namespace Edge.Bench.Accuracy;

/// <summary>Starts <c>edge-trainer</c>. It is another program: this one never loads what training needs.</summary>
/// <param name="file">The program.</param>
internal sealed class TrainerProcess(string file)
{
    private const string Name = "edge-trainer";

    /// <summary>The program.</summary>
    public string File => file;

    /// <summary>
    /// The program's version with the commit that it was built from, as the build writes it; empty where it does not say.
    /// </summary>
    public string Version { get; } = VersionOf(file);

    /// <summary>Finds the program: the one that is named, else beside this one, in the build's output folder, or on the PATH.</summary>
    /// <param name="named">What <c>--trainer</c> names; <c>null</c>: looked for.</param>
    /// <returns><c>null</c> where there is none.</returns>
    public static TrainerProcess? Find(string? named)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, Name);
        var above = Parents(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "out", Name));
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, Name));
        var found = named is not null
            ? (System.IO.File.Exists(named) ? named : null)
            : new[] { beside }.Concat(above).Concat(path).FirstOrDefault(System.IO.File.Exists);
        return found is null ? null : new TrainerProcess(found);
    }

    /// <summary>Runs to the end; ends the process where it is cancelled.</summary>
    /// <param name="arguments">Command line.</param>
    /// <param name="log">File that takes everything it prints.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IEnumerable<string> arguments, string log, CancellationToken cancellation)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        };
        await using var writer = new StreamWriter(log) { AutoFlush = true };
        var both = TextWriter.Synchronized(writer);
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
            cancellation.ThrowIfCancellationRequested(); // Ctrl-C at a terminal ends it, too: it did not fail
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        return process.ExitCode;

        void Write(string? line)
        {
            if (line is not null)
                both.WriteLine(line);
        }
    }

    private static IEnumerable<string> Parents(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
            yield return parent.FullName;
    }

    private static string VersionOf(string file)
    {
        var program = new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
        var library = program + ".dll";
        return System.IO.File.Exists(library) ? FileVersionInfo.GetVersionInfo(library).ProductVersion ?? "" : "";
    }
}
