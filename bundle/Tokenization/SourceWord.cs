namespace Edge.Bundles.Tokenization;

/// <summary>A normalized word and its place in the text.</summary>
/// <param name="Text">The word as WordPiece would get it.</param>
/// <param name="Source">Where it stands in the source; empty only behind the first piece of one source character.</param>
public readonly record struct SourceWord(string Text, SourceSpan Source);
