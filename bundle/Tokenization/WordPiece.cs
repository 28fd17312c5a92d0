namespace Edge.Bundles.Tokenization;

/// <summary>A piece of a word.</summary>
/// <param name="Id">Vocabulary id.</param>
/// <param name="First">Its first unit in the word.</param>
/// <param name="Last">Its last unit.</param>
/// <param name="ContinuesWord">Whether it goes on with a run of digits, or of letters of a script that puts spaces between words.</param>
internal readonly record struct WordPiece(int Id, int First, int Last, bool ContinuesWord);
