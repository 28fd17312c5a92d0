using System.Diagnostics;
using System.Globalization;

namespace Edge.Trainer.Tests.Export;

/// <summary>The independent judge: Debian's python3-onnx, through tests/reference/check_onnx.py.</summary>
internal static class OnnxChecker
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> _available = new(() => File.Exists(Python) && Run("-c", "import onnx").ExitCode == 0);

    public static bool IsAvailable => _available.Value;

    public static (int ExitCode, string Output) Check(string model, params string[] options) =>
        Run([Path.Combine(RepositoryRoot(), "tests", "reference", "check_onnx.py"), model, .. options]);

    /// <summary>Since which version the package's standard operators have the form of an opset, in the order asked.</summary>
    public static int[] SinceVersions(IEnumerable<string> operators, int opset)
    {
        var (exitCode, output) = Run(
            ["-c", "import onnx, sys; print(*[onnx.defs.get_schema(op, int(sys.argv[1])).since_version for op in sys.argv[2:]])",
                $"{opset}", .. operators]);
        return exitCode == 0
            ? [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(version => int.Parse(version, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException(output);
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Edge.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository.");
        return folder.FullName;
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
