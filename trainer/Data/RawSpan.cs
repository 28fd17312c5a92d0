namespace Edge.Trainer.Data;

/// <summary>A span as it stands in a file, not yet checked against the text.</summary>
/// <param name="Label">Entity label.</param>
/// <param name="Start">First unit, in whatever unit the file counts.</param>
/// <param name="End">One past the last unit.</param>
/// <param name="Text">What the span itself says it covers (<c>text</c> or <c>value</c>); <c>null</c> where it does not say.</param>
internal readonly record struct RawSpan(string Label, int Start, int End, string? Text = null)
{
    /// <summary>Whether a part of the text is what the span says it covers; case and spaces around it do not matter.</summary>
    public bool Covers(string part) => Text is null || Text.Trim().Equals(part.Trim(), StringComparison.OrdinalIgnoreCase);
}
