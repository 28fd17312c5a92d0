namespace Edge.Bundles.Masking;

/// <summary>What one or more characters of a normal form were made from.</summary>
/// <param name="Start">First UTF-16 code unit of the source.</param>
/// <param name="End">One past the last.</param>
/// <param name="At">First character of the normal form.</param>
/// <param name="Length">Number of characters of the normal form.</param>
/// <param name="Form">How the source is written.</param>
internal readonly record struct NormalUnit(int Start, int End, int At, int Length, UnitForm Form);
