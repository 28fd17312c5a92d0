using System.Text.Json;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Reads <c>tokenizer_config.json</c>; what is absent has the value that Hugging Face's <c>BertTokenizer</c> gives it.</summary>
internal static class TokenizerConfigFile
{
    private static readonly (string Member, string Piece)[] SpecialPieces =
        [("unk_token", "[UNK]"), ("sep_token", "[SEP]"), ("pad_token", "[PAD]"), ("cls_token", "[CLS]"), ("mask_token", "[MASK]")];

    /// <summary>Settings, and the most tokens that the tokenizer is meant for; a file that does not exist has said nothing.</summary>
    /// <exception cref="CheckpointException">The file tells of another tokenizer.</exception>
    public static (TokenizerSettings Settings, int? MaxLength) Read(string path)
    {
        if (!File.Exists(path))
            return (new TokenizerSettings(), null);
        var file = JsonObjectFile.Read(path);
        if (file.Text("tokenizer_class") is { } kind && kind is not ("BertTokenizer" or "BertTokenizerFast" or "PreTrainedTokenizerFast"))
            throw new CheckpointException(path, $"tokenizer_class is {kind}; only BertTokenizer (WordPiece) is known.");
        if (file.Switch("do_basic_tokenize") == false)
            throw new CheckpointException(
                path, "do_basic_tokenize is false; texts are always split into words before WordPiece. Use a tokenizer that does so.");
        foreach (var (member, piece) in SpecialPieces)
        {
            if (Piece(file.Member(member)) is { } found && found != piece)
                throw new CheckpointException(path, $"{member} is {found}; it must be {piece}.");
        }

        var settings = new TokenizerSettings
        {
            LowerCase = file.Switch("do_lower_case") ?? true,
            StripAccents = file.Switch("strip_accents"),
            SplitHan = file.Switch("tokenize_chinese_chars") ?? true,
        };
        // A tokenizer without limit has 1e30 there.
        var most = file.Member("model_max_length") is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var length)
            && length > 0 ? length : (int?)null;
        return (settings, most);
    }

    // A piece is a text, or an object with the text as "content".
    private static string? Piece(JsonElement? member) => member switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } piece when piece.TryGetProperty("content", out var content)
            && content.ValueKind == JsonValueKind.String => content.GetString(),
        _ => null,
    };
}
