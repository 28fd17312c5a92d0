using System.Diagnostics;

namespace Edge.Trainer.Tests.Export;

/// <summary>The independent judge: Debian's python3-onnx, through tests/reference/check_onnx.py.</summary>
internal static class OnnxChecker
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> _available = new(() => File.Exists(Python) && Run("-c", "import onnx").ExitCode == 0);

    public static bool IsAvailable => _available.Value;

    public static (int ExitCode, string Output) Check(string model, params string[] options) =>
        Run([Path.Combine(RepositoryRoot(), "tests", "reference", "check_onnx.py"), model, .. options]);

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Edge.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository.");
        return folder.FullName;
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
