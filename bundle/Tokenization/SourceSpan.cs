namespace Edge.Bundles.Tokenization;

/// <summary>Half-open range of a text, in UTF-16 code units.</summary>
/// <param name="Start">First code unit.</param>
/// <param name="End">One past the last code unit.</param>
public readonly record struct SourceSpan(int Start, int End)
{
    /// <summary>Number of code units.</summary>
    public int Length => End - Start;
}
