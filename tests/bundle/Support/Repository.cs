using System.Runtime.CompilerServices;

namespace Edge.Bundle.Tests.Support;

/// <summary>Where the repository's files are, also when the tests run from their output folder.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath("../../..", Path.GetDirectoryName(ThisFile())!);

    public static string SharedData { get; } = Path.GetFullPath("../shared/data", Root);

    public static string Golden(string name) => Path.Combine(Root, "tests/golden", name);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
