using System.Text.Json;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// The tokenizer of a Hugging Face directory: <c>tokenizer.json</c>, or <c>vocab.txt</c> with <c>added_tokens.json</c>; and what
/// <c>tokenizer_config.json</c> says. What files say of the same thing must be the same.
/// </summary>
internal static class TokenizerFiles
{
    /// <summary>Reads the files.</summary>
    /// <returns>The vocabulary, and the most tokens that the tokenizer is meant for.</returns>
    /// <exception cref="CheckpointException">A file is missing, damaged or of another tokenizer.</exception>
    public static (GivenVocabulary Vocabulary, int? MaxLength) Read(string folder)
    {
        string At(string file) => Path.Combine(folder, file);
        var config = TokenizerConfigFile.Read(At(CheckpointFiles.TokenizerConfig), At(CheckpointFiles.Config));
        var (whole, lines) = (At(CheckpointFiles.Tokenizer), At(CheckpointFiles.Vocabulary));
        if (File.Exists(whole))
        {
            var vocabulary = TokenizerFile.Read(whole);
            if (File.Exists(lines))
                CheckSame(vocabulary, File.ReadAllLines(lines), lines);
            return (vocabulary with { Settings = config.Merge(vocabulary.Settings, whole) }, config.MaxLength);
        }
        if (config.NeedsTokenizerFile)
            throw new CheckpointException(
                folder, "tokenizer_class is PreTrainedTokenizerFast, which tokenizer.json defines, and there is none. Download all files " +
                "of the model.");
        if (!File.Exists(lines))
            throw new CheckpointException(folder,
                "lacks vocab.txt and tokenizer.json; a BERT checkpoint has config.json, one of these two, and weights. Download all " +
                "files of the model.");
        var pieces = File.ReadAllLines(lines).ToList();
        var added = Append(pieces, [.. config.AddedTokens, .. AddedTokensFile(At(CheckpointFiles.AddedTokens))], folder);
        return (new GivenVocabulary(lines, pieces, config.Settings with { AddedTokens = added.Count == 0 ? null : added }),
            config.MaxLength);
    }

    // Tokens that were added after training stand behind the pieces, or have taken the place of an unused one.
    private static List<AddedToken> Append(List<string> pieces, (int Id, AddedToken Token, bool IsSpecial)[] tokens, string folder)
    {
        var added = new List<AddedToken>();
        foreach (var (id, token, special) in tokens.DistinctBy(entry => entry.Id).OrderBy(entry => entry.Id))
        {
            if (id > pieces.Count)
                throw new CheckpointException(
                    folder, $"the added token '{token.Text}' has id {id}, and there are {pieces.Count} pieces before it. Download the " +
                    "tokenizer's files again.");
            if (id == pieces.Count)
                pieces.Add(token.Text);
            else if (pieces[id] != token.Text)
                throw new CheckpointException(
                    folder, $"id {id} is '{pieces[id]}' in vocab.txt and the added token '{token.Text}'. The files do not belong " +
                    "together; download them again.");
            if (!special && !TokenizerConfigFile.SpecialPieces.Any(piece => piece.Piece == token.Text))
                added.Add(token);
        }
        return added;
    }

    private static void CheckSame(GivenVocabulary vocabulary, string[] lines, string path)
    {
        for (var id = 0; id < lines.Length; id++)
        {
            // Of a piece that stands twice tokenizer.json can have the last place only.
            var found = id < vocabulary.Pieces.Count ? vocabulary.Pieces[id] : "";
            if (found != lines[id] && (found.Length > 0 || Array.LastIndexOf(lines, lines[id]) == id))
                throw new CheckpointException(path,
                    $"line {id + 1} is '{lines[id]}', and id {id} is '{found}' in tokenizer.json. The files do not belong together; " +
                    "remove the one that is not the model's.");
        }
    }

    // {"token": id}: the form before added_tokens_decoder. Nothing says that they are special or whole words.
    private static IEnumerable<(int Id, AddedToken Token, bool IsSpecial)> AddedTokensFile(string path)
    {
        if (!File.Exists(path))
            yield break;
        foreach (var entry in JsonText.ParseObject(path, File.ReadAllBytes(path)).EnumerateObject())
        {
            yield return entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var id)
                ? (id, new AddedToken { Text = entry.Name }, false)
                : throw new CheckpointException(path, $"the id of '{entry.Name}' is {entry.Value}; it must be a whole number.");
        }
    }
}
