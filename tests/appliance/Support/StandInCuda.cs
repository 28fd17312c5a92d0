using System.Diagnostics;
using Edge.Bundles.Inference.Cuda;

namespace Edge.Appliance.Tests.Support;

/// <summary>
/// Stand-in CUDA libraries (tests/cuda-stub): ONNX Runtime's real provider runs on them. Calls are logged and can be made to fail; nothing
/// is computed, so answers mean nothing.
/// </summary>
internal sealed class StandInCuda : IDisposable
{
    private static readonly Lazy<(string? Folder, string Problem)> Built = new(Build);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-cuda-test-");
    private readonly string _libraries;

    private StandInCuda(string libraries) => _libraries = libraries;

    /// <summary>What the provider called, a line each.</summary>
    public IReadOnlyList<string> Calls => File.Exists(LogFile) ? File.ReadAllLines(LogFile) : [];

    private string LogFile => Path.Combine(_folder.FullName, "calls.log");

    private string FailFile => Path.Combine(_folder.FullName, "fail");

    /// <summary>Prepares them; skips the test where this build is without CUDA or no compiler is there.</summary>
    /// <param name="hidden">Libraries that shall be missing.</param>
    public static StandInCuda Require(params string[] hidden)
    {
        Assert.SkipUnless(CudaProbe.IsBuiltIn, "this build is without CUDA; ./build.sh test --gpu has it");
        Assert.SkipUnless(Built.Value.Folder is not null, Built.Value.Problem);
        var cuda = new StandInCuda(Path.Combine(Directory.CreateTempSubdirectory("edge-cuda-libraries-").FullName, "lib"));
        Directory.CreateDirectory(cuda._libraries);
        foreach (var file in Directory.EnumerateFiles(Built.Value.Folder!).Where(file => !hidden.Contains(Path.GetFileName(file))))
            File.CreateSymbolicLink(Path.Combine(cuda._libraries, Path.GetFileName(file)), file);
        return cuda;
    }

    /// <summary>The environment of a program that shall find them.</summary>
    /// <param name="more">FAKE_COUNT, FAKE_CC, FAKE_MEM, FAKE_DRIVER, FAKE_FAIL.</param>
    public Dictionary<string, string> Environment(params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] own = [("LD_LIBRARY_PATH", _libraries), ("FAKE_LOG", LogFile), ("FAKE_FAIL_FILE", FailFile)];
        return own.Concat(more).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>Makes calls fail from now on: <c>name:from:code[:sticky]</c>.</summary>
    public void Fail(string call)
    {
        File.WriteAllText(FailFile + ".new", call);
        File.Move(FailFile + ".new", FailFile, overwrite: true);
    }

    /// <summary>Lets all calls succeed again, in processes that start from now on.</summary>
    public void Repair() => File.Delete(FailFile);

    /// <summary>The calls of each capture.</summary>
    public IReadOnlyList<string[]> Captures()
    {
        var captures = new List<string[]>();
        var current = new List<string>();
        foreach (var line in Calls)
        {
            if (line.StartsWith("cudaStreamBeginCapture", StringComparison.Ordinal))
                current.Clear();
            else if (line.StartsWith("cudaStreamEndCapture", StringComparison.Ordinal))
                captures.Add([.. current]);
            else
                current.Add(line);
        }
        return captures;
    }

    public void Dispose()
    {
        Directory.GetParent(_libraries)!.Delete(recursive: true);
        _folder.Delete(recursive: true);
    }

    private static (string?, string) Build()
    {
        var folder = Directory.CreateTempSubdirectory("edge-cuda-stub-").FullName;
        var script = Path.Combine(RepositoryRoot(), "tests", "cuda-stub", "build.sh");
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("bash", [script, folder]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? (folder, "") : (null, $"the stand-in libraries could not be built (is gcc there?): {errors}");
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return (null, failure.Message);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Edge.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository.");
        return folder.FullName;
    }
}
