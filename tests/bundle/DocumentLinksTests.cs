using System.Text.RegularExpressions;
using Edge.Bundle.Tests.Support;

namespace Edge.Bundle.Tests;

/// <summary>Every relative link of every page leads somewhere, and every anchor to a heading.</summary>
public sealed partial class DocumentLinksTests
{
    private static readonly string[] NotOurs = ["bin", "obj", "out", ".git", ".deps", "node_modules"];

    [Fact]
    public void Links_OfEveryPage_LeadSomewhere()
    {
        var pages = Pages(Repository.Root).ToArray();
        var broken = pages.SelectMany(Broken).ToArray();

        Assert.InRange(pages.Length, 20, 1000);
        Assert.True(broken.Length == 0, string.Join("\n", broken));
    }

    [Fact]
    public void NamesOfPages_InSources_Exist()
    {
        var sources = Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" or ".sh" && IsOurs(file));
        var broken = sources.SelectMany(file => Named().Matches(File.ReadAllText(file))
            .Where(match => !Exists(match.Value))
            .Select(match => $"{Path.GetRelativePath(Repository.Root, file)}: there is no {match.Value}")).ToArray();

        Assert.True(broken.Length == 0, string.Join("\n", broken));
    }

    [Theory]
    [InlineData("## What each part gives", "what-each-part-gives")]
    [InlineData("### `run --teacher HF_DIR`", "run---teacher-hf_dir")]
    [InlineData("## 1. Is it better?", "1-is-it-better")]
    public void Anchor_OfAHeading_IsGitHubs(string heading, string anchor) => Assert.Equal([anchor], Anchors(heading));

    private static IEnumerable<string> Broken(string page)
    {
        var text = Fences().Replace(File.ReadAllText(page), "");
        foreach (Match link in Links().Matches(text))
        {
            var target = link.Groups[1].Value;
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
                continue;
            var parts = target.Split('#');
            var file = parts[0].Length == 0 ? page : Path.GetFullPath(parts[0], Path.GetDirectoryName(page)!);
            var place = $"{Path.GetRelativePath(Repository.Root, page)}: {target}";
            if (!File.Exists(file) && !Directory.Exists(file))
                yield return $"{place}: there is no such file";
            else if (parts.Length > 1 && !Anchors(File.ReadAllText(file)).Contains(parts[1]))
                yield return $"{place}: the page has no such heading";
        }
    }

    // As GitHub makes them: small letters, punctuation gone, spaces to hyphens.
    private static IEnumerable<string> Anchors(string text) => Headings().Matches(Fences().Replace(text, ""))
        .Select(match => Punctuation().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static bool Exists(string path)
    {
        var full = Path.Combine(Repository.Root, path);
        return File.Exists(full) || Directory.Exists(full)
            || (path.StartsWith("docs/adr/", StringComparison.Ordinal)
                && Directory.EnumerateFiles(Path.GetDirectoryName(full)!, Path.GetFileName(full) + "-*.md").Any());
    }

    private static IEnumerable<string> Pages(string folder) =>
        Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Where(IsOurs);

    private static bool IsOurs(string file) => !Path.GetRelativePath(Repository.Root, file).Split('/').Any(part => NotOurs.Contains(part));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^```.*?^```|^    .*?$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Punctuation();

    // Not pages of other projects, whose names stand in addresses.
    [GeneratedRegex(@"(?<![/\w.])docs/(adr/\d{4}|(?:guide|reference|lab)/[\w./-]*\w|[a-z-]+\.md)")]
    private static partial Regex Named();
}
