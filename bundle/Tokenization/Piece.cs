namespace Edge.Bundles.Tokenization;

/// <summary>A piece of a text.</summary>
/// <param name="Id">Vocabulary id.</param>
/// <param name="Source">Its place in the text.</param>
/// <param name="Joined">As <see cref="EncodedUtterance.Joined"/>.</param>
internal readonly record struct Piece(int Id, SourceSpan Source, bool Joined);
