using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>A vocabulary, and how text is brought to its pieces.</summary>
/// <param name="Place">Where it is from, for messages.</param>
/// <param name="Pieces">Pieces in the order of their ids; an empty one takes an id and is none.</param>
/// <param name="Settings">Settings of the tokenizer.</param>
internal sealed record GivenVocabulary(string Place, IReadOnlyList<string> Pieces, TokenizerSettings Settings)
{
    /// <summary>Reads <c>vocab.txt</c>: UTF-8, one piece a line.</summary>
    public static GivenVocabulary Read(string path, TokenizerSettings settings) => new(path, File.ReadAllLines(path), settings);

    /// <summary>The tokenizer.</summary>
    public UtteranceTokenizer CreateTokenizer() => UtteranceTokenizer.Create(Pieces, Settings, Place);

    /// <summary>Writes <c>vocab.txt</c>.</summary>
    public void WriteTo(string path) => File.WriteAllText(path, string.Join('\n', Pieces) + '\n');
}
