using System.Runtime.CompilerServices;

namespace Edge.Bench.Tests.Documentation;

/// <summary>A page that is made from the code. A test fails where it is stale; with EDGE_WRITE_DOCS=1 the test writes it.</summary>
internal static class GeneratedPage
{
    private static string Root { get; } = Path.GetFullPath("../../..", Path.GetDirectoryName(ThisFile())!);

    /// <summary>Holds the page of the repository against what the code says now.</summary>
    /// <param name="path">Where it is in the repository.</param>
    /// <param name="text">What it should say.</param>
    public static void Check(string path, string text)
    {
        var file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("EDGE_WRITE_DOCS") == "1")
            File.WriteAllText(file, text);
        Assert.True(
            File.ReadAllText(file) == text,
            $"{path} is not what the code says; write it with: EDGE_WRITE_DOCS=1 ./build.sh test {nameof(GeneratedPagesTests)}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
