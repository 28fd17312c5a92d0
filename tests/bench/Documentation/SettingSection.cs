namespace Edge.Bench.Tests.Documentation;

/// <summary>Settings that belong together.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Text">What stands above the table, possibly empty.</param>
/// <param name="Rows">The settings.</param>
internal sealed record SettingSection(string Title, string Text, IReadOnlyList<SettingRow> Rows);
