using Edge.Bundle.Tests.Support;

namespace Edge.Bundle.Tests;

/// <summary>Lines of C# have at most 140 characters, but for those of raw strings and patterns, which cannot be parted.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;
    private static readonly string[] NotOurs = ["bin", "obj", "out", ".git", ".deps", "node_modules"];

    [Fact]
    public void Lines_OfEverySource_FitTheScreen()
    {
        var files = Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Repository.Root, file).Split('/').Any(part => NotOurs.Contains(part))).ToArray();
        var found = files.SelectMany(TooLong).ToArray();

        Assert.InRange(files.Length, 100, 10_000);
        Assert.True(found.Length == 0, string.Join("\n", found));
    }

    private static IEnumerable<string> TooLong(string file)
    {
        var raw = false;
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var quotes = (line.Length - line.Replace("\"\"\"", "", StringComparison.Ordinal).Length) / 3;
            var excused = raw || quotes > 0
                || line.Contains("@\"", StringComparison.Ordinal) || line.Contains("Regex(\"", StringComparison.Ordinal);
            raw ^= quotes % 2 == 1;
            if (line.Length > Most && !excused)
                yield return $"{Path.GetRelativePath(Repository.Root, file)}:{number}: {line.Length} characters; use {Most} at most";
        }
    }
}
