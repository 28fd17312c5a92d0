using System.Text.Json;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary><c>tokenizer_config.json</c>; what is absent has the value that Hugging Face's <c>BertTokenizer</c> gives it.</summary>
internal sealed class TokenizerConfigFile
{
    // Written by us: others ignore it.
    internal const string FoldWidth = "edge_fold_width";
    internal const string Added = "added_tokens_decoder";

    /// <summary>The special pieces, by the members that name them.</summary>
    internal static readonly (string Member, string Piece)[] SpecialPieces =
        [("unk_token", "[UNK]"), ("sep_token", "[SEP]"), ("pad_token", "[PAD]"), ("cls_token", "[CLS]"), ("mask_token", "[MASK]")];

    // Of BertJapaneseTokenizer and others that split words by other means.
    private static readonly (string Member, string Value)[] OtherTokenizers =
        [("word_tokenizer_type", "basic"), ("subword_tokenizer_type", "wordpiece")];

    private readonly JsonObjectFile? _file;

    private TokenizerConfigFile(JsonObjectFile? file) => _file = file;

    /// <summary>Settings; those of tokens are in <see cref="AddedTokens"/>.</summary>
    public TokenizerSettings Settings => new()
    {
        LowerCase = _file?.Switch("do_lower_case") ?? true,
        StripAccents = _file?.Switch("strip_accents"),
        SplitHan = _file?.Switch("tokenize_chinese_chars") ?? true,
        FoldWidth = _file?.Switch(FoldWidth) ?? false,
    };

    /// <summary>Most tokens that the tokenizer is meant for; one without limit has 1e30 there.</summary>
    public int? MaxLength => _file?.Member("model_max_length") is { ValueKind: JsonValueKind.Number } value
        && value.TryGetInt32(out var length) && length > 0 ? length : null;

    /// <summary>Whether only <c>tokenizer.json</c> says how text becomes tokens.</summary>
    public bool NeedsTokenizerFile => _file?.Text("tokenizer_class") == "PreTrainedTokenizerFast";

    /// <summary>Tokens beside the vocabulary, by id.</summary>
    public IEnumerable<(int Id, AddedToken Token, bool IsSpecial)> AddedTokens =>
        _file?.Member(Added) is not { ValueKind: JsonValueKind.Object } tokens ? [] : tokens.EnumerateObject().Select(entry =>
        {
            var (token, text) = (entry.Value, Piece(entry.Value));
            if (!int.TryParse(entry.Name, out var id) || id < 0 || text is null)
                throw new CheckpointException(_file.Path, $"{Added} has '{entry.Name}'; it must be ids, each with its content.");
            return (id, new AddedToken { Text = text, Normalized = Is("normalized"), SingleWord = Is("single_word") }, Is("special"));

            bool Is(string name) => token.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
        });

    /// <summary>Reads the file; one that does not exist has said nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="config"><c>config.json</c>, where models of before 2021 name their tokenizer.</param>
    /// <exception cref="CheckpointException">It tells of another tokenizer.</exception>
    public static TokenizerConfigFile Read(string path, string config)
    {
        CheckClass(JsonObjectFile.Read(config));
        if (!File.Exists(path))
            return new TokenizerConfigFile(null);
        var file = JsonObjectFile.Read(path);
        CheckClass(file);
        if (file.Switch("do_basic_tokenize") == false)
            throw new CheckpointException(
                path, "do_basic_tokenize is false; texts are always split into words before WordPiece. Use a tokenizer that does so.");
        if (file.Member("never_split") is { ValueKind: JsonValueKind.Array } words && words.GetArrayLength() > 0)
            throw new CheckpointException(path, "never_split names words; add them to the vocabulary as added tokens.");
        foreach (var (member, allowed) in OtherTokenizers)
        {
            if (file.Text(member) is { } found && found != allowed)
                throw new CheckpointException(path, $"{member} is {found}; only {allowed} is known. Use a model of BertTokenizer.");
        }
        foreach (var (member, piece) in SpecialPieces)
        {
            if (Piece(file.Member(member)) is { } found && found != piece)
                throw new CheckpointException(path, $"{member} is {found}; it must be {piece}.");
        }
        return new TokenizerConfigFile(file);
    }

    /// <summary>Settings of <c>tokenizer.json</c>, which this file may repeat and must not contradict.</summary>
    /// <param name="settings">What tokenizer.json says.</param>
    /// <param name="place">tokenizer.json, for messages.</param>
    public TokenizerSettings Merge(TokenizerSettings settings, string place)
    {
        if (!NeedsTokenizerFile)
        {
            Same("do_lower_case", "lowercase", settings.LowerCase);
            Same("strip_accents", "strip_accents", settings.StripAccents ?? settings.LowerCase);
            Same("tokenize_chinese_chars", "handle_chinese_chars", settings.SplitHan);
        }
        return settings;

        void Same(string member, string name, bool found)
        {
            if (_file?.Switch(member) is { } said && said != found)
                throw new CheckpointException(_file.Path,
                    $"{member} is {Text(said)}, and {name} of {place} is {Text(found)}. They must say the same; correct the wrong one.");
        }

        static string Text(bool value) => value ? "true" : "false";
    }

    private static void CheckClass(JsonObjectFile file)
    {
        if (file.Text("tokenizer_class") is { } kind && kind is not ("BertTokenizer" or "BertTokenizerFast" or "PreTrainedTokenizerFast"))
            throw new CheckpointException(file.Path, $"tokenizer_class is {kind}; only BertTokenizer (WordPiece) is known.");
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
