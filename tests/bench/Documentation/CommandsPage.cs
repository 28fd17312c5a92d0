using System.Text;
using Edge.Tests.Support;

namespace Edge.Bench.Tests.Documentation;

/// <summary>docs/reference/commands.md: what the programs' <c>--help</c> says.</summary>
internal static class CommandsPage
{
    private static readonly string[] Names = ["edge-trainer", "edge-appliance", "edge-bench"];

    /// <summary>The page.</summary>
    public static async Task<string> TextAsync()
    {
        var page = new StringBuilder("""
            # Commands

            Made from the programs' `--help` by a test (`EDGE_WRITE_DOCS=1 ./build.sh test GeneratedPagesTests`); do not edit.

            Exit codes of all three: 0 done, 1 a check said no, 2 bad usage or input, 3 the environment lacks something, 4 unexpected fault.


            """);
        foreach (var name in Names)
            await AppendAsync(page, [name]);
        return page.ToString().TrimEnd() + "\n";
    }

    private static async Task AppendAsync(StringBuilder page, string[] command)
    {
        var result = await Programs.RunAsync(Path.Combine(AppContext.BaseDirectory, command[0]), [.. command[1..], "--help"]);
        Assert.Equal(0, result.Code);
        var help = HelpText.Parse(result.Output);
        page.Append($"{(command.Length == 1 ? "##" : "###")} {string.Join(' ', command)}\n\n{help.Description}\n\n");
        Block(page, help.Usage);
        Table(page, "argument", help.Arguments);
        Table(page, "option",
            help.Options.Where(option => !option.Name.StartsWith("-?", StringComparison.Ordinal) && option.Name != "--version"));
        Block(page, help.Examples.Where(_ => command.Length > 1));
        foreach (var inner in help.Commands)
            await AppendAsync(page, [.. command, inner.Name.Split(' ')[0]]);
    }

    private static void Block(StringBuilder page, IEnumerable<string> lines)
    {
        var all = string.Concat(lines.Select(line => $"    {line}\n"));
        if (all.Length > 0)
            page.Append($"{all}\n");
    }

    private static void Table(StringBuilder page, string what, IEnumerable<(string Name, string Text)> rows)
    {
        var all = string.Concat(
            rows.Select(row => $"| `{Cell(row.Name)}` | {Cell(row.Text).Replace("<", "\\<", StringComparison.Ordinal)} |\n"));
        if (all.Length > 0)
            page.Append($"| {what} | meaning |\n|---|---|\n{all}\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
