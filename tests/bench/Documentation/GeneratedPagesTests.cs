namespace Edge.Bench.Tests.Documentation;

/// <summary>The reference pages that are made from the code are up to date.</summary>
public sealed class GeneratedPagesTests
{
    [Fact]
    public void Settings_OfThePage_AreThoseOfTheCode() => GeneratedPage.Check("docs/reference/settings.md", SettingsPage.Text());

    [Fact]
    public async Task Commands_OfThePage_AreThoseOfTheHelp() =>
    GeneratedPage.Check("docs/reference/commands.md", await CommandsPage.TextAsync());
}
