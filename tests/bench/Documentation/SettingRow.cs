namespace Edge.Bench.Tests.Documentation;

/// <summary>A setting.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Range">What is allowed.</param>
/// <param name="Default">Its value where nobody sets it.</param>
internal sealed record SettingRow(string Name, string Meaning, string Range, string Default);
