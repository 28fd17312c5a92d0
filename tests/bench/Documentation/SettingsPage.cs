using System.Text;

namespace Edge.Bench.Tests.Documentation;

/// <summary>docs/reference/settings.md: what appliance.json and the file of <c>--config</c> can set.</summary>
internal static class SettingsPage
{
    /// <summary>The page.</summary>
    public static string Text()
    {
        var page = new StringBuilder();
        page.Append("""
            # Settings

            Made from the code by a test (`EDGE_WRITE_DOCS=1 ./build.sh test GeneratedPagesTests`); do not edit.
            The range is what the program says when it refuses a value.

            - [The appliance](#the-appliance): `appliance.json`, environment, command line
            - [The training](#the-training): the file of `edge-trainer ... --config FILE`

            ## The appliance

            `appliance.json` has sections as JSON objects: `{"Mqtt": {"Port": 1884}}`. An environment variable `EDGE_Mqtt__Port=1884`
            wins over the file, and `--set Mqtt:Port=1884` over both. Unknown keys and bad values are reported at start, all at once.
            Durations: `500ms`, `15s`, `5m`, `1d`.


            """);
        foreach (var section in ApplianceSettings.Sections())
            Append(page, section);
        page.Append("""
            ## The training

            A JSON object with the settings that shall differ from the defaults. Comments and trailing commas are allowed. Unknown members
            and bad values are errors, and all of them are named at once.


            """);
        foreach (var section in RecipeSettings.Sections())
            Append(page, section);
        return page.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder page, SettingSection section)
    {
        page.Append($"### {section.Title}\n\n");
        if (section.Text.Length > 0)
            page.Append($"{section.Text}\n\n");
        page.Append("| setting | meaning | range | default |\n|---|---|---|---|\n");
        foreach (var row in section.Rows)
            page.Append($"| `{row.Name}` | {Cell(row.Meaning)} | {Cell(row.Range)} | {Cell(row.Default)} |\n");
        page.Append('\n');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
