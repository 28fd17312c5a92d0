using System.Text.Json;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// Reads <c>tokenizer.json</c>, the form of Hugging Face's tokenizers library: WordPiece models behind BERT's normalizer and
/// pre-tokenizer, with added tokens and BERT's template. Whatever else would change a token is refused by its name.
/// </summary>
internal sealed class TokenizerFile
{
    private const string Only = "Only WordPiece models with BERT's normalizer, pre-tokenizer and template are known.";

    // What cuts or fills up sequences does not change a token; a decoder makes text of tokens.
    private static readonly string[] Members =
        ["version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model"];

    private readonly string _path;

    private TokenizerFile(string path) => _path = path;

    /// <summary>Reads a file.</summary>
    /// <returns>Pieces in the order of their ids, empty ones where an id has none; and the settings.</returns>
    /// <exception cref="CheckpointException">It is damaged, or of another tokenizer.</exception>
    public static GivenVocabulary Read(string path) =>
        new TokenizerFile(path).Read(JsonText.ParseObject(path, File.ReadAllBytes(path)));

    private GivenVocabulary Read(JsonElement root)
    {
        foreach (var member in root.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            throw Refuse($"has {member.Name}, which may change tokens and is not known.");
        var settings = Normalizer(Object(root, "normalizer"));
        Expect(Object(root, "pre_tokenizer"), "pre_tokenizer", ("type", "BertPreTokenizer"));
        CheckTemplate(Object(root, "post_processor"));

        var model = Object(root, "model");
        if (model.TryGetProperty("type", out _)) // files of before 2021 have none
            Expect(model, "model", ("type", "WordPiece"));
        Expect(model, "model", ("unk_token", "[UNK]"), ("continuing_subword_prefix", "##"));
        RefuseOthers(model, "model", "type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab");
        if (model.TryGetProperty("max_input_chars_per_word", out var most) && most.ToString() != "100")
            throw Refuse($"model.max_input_chars_per_word is {most}; it must be 100.");

        var pieces =
            Object(model, "vocab").EnumerateObject().Select(entry => (Piece: entry.Name, Id: Id(entry.Value, entry.Name))).ToList();
        var added = new List<AddedToken>();
        if (root.TryGetProperty("added_tokens", out var tokens) && tokens.ValueKind == JsonValueKind.Array)
        {
            foreach (var token in tokens.EnumerateArray())
            {
                var text = Text(token, "content") ?? throw Refuse("added_tokens has one without content.");
                pieces.Add((text, Id(token.GetProperty("id"), text)));
                // Special ones are put around texts and are no part of what a caller says.
                if (!Is(token, "special"))
                    added.Add(new AddedToken { Text = text, Normalized = Is(token, "normalized"), SingleWord = Is(token, "single_word") });
            }
        }
        return new GivenVocabulary(_path, Ordered(pieces), settings with { AddedTokens = added.Count == 0 ? null : added });
    }

    private TokenizerSettings Normalizer(JsonElement normalizer)
    {
        Expect(normalizer, "normalizer", ("type", "BertNormalizer"));
        RefuseOthers(normalizer, "normalizer", "type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
        if (!Is(normalizer, "clean_text"))
            throw Refuse("normalizer.clean_text is false; control characters are always removed.");
        return new TokenizerSettings
        {
            LowerCase = Is(normalizer, "lowercase"),
            StripAccents = normalizer.TryGetProperty("strip_accents", out var strip) && strip.ValueKind != JsonValueKind.Null
                ? strip.ValueKind == JsonValueKind.True
                : null,
            SplitHan = Is(normalizer, "handle_chinese_chars"),
        };
    }

    private void CheckTemplate(JsonElement processor)
    {
        if (Text(processor, "type") is "BertProcessing")
            return; // [CLS] A [SEP] B [SEP] by its definition
        Expect(processor, "post_processor", ("type", "TemplateProcessing"));
        ExpectParts("single", "[CLS]:0 A:0 [SEP]:0");
        ExpectParts("pair", "[CLS]:0 A:0 [SEP]:0 B:1 [SEP]:1");

        void ExpectParts(string name, string wanted)
        {
            var found = processor.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array
                ? string.Join(' ', parts.EnumerateArray().Select(part => part.EnumerateObject().First().Value)
                    .Select(part => $"{Text(part, "id")}:{part.GetProperty("type_id")}"))
                : "missing";
            if (found != wanted)
                throw Refuse($"post_processor.{name} is {found}; it must be {wanted}.");
        }
    }

    private string[] Ordered(List<(string Piece, int Id)> pieces)
    {
        var ordered = new string[pieces.Count == 0 ? 0 : pieces.Max(entry => entry.Id) + 1];
        Array.Fill(ordered, "");
        foreach (var (piece, id) in pieces)
        {
            if (ordered[id].Length > 0 && ordered[id] != piece)
                throw Refuse($"id {id} is '{ordered[id]}' and '{piece}'; every id has one piece. Download the file again.");
            if (piece.AsSpan().ContainsAny('\r', '\n'))
                throw Refuse($"the piece of id {id} has a line break; pieces have none.");
            ordered[id] = piece;
        }
        return ordered;
    }

    private int Id(JsonElement value, string piece)
    {
        const int Most = 10_000_000;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id is >= 0 and < Most
            ? id
            : throw Refuse($"the id of '{piece}' is {value}; use 0 to {Most - 1}.");
    }

    private void Expect(JsonElement found, string place, params ReadOnlySpan<(string Name, string Value)> wanted)
    {
        foreach (var (name, value) in wanted)
        {
            if (Text(found, name) != value)
                throw Refuse($"{place}.{name} is {Text(found, name) ?? "missing"}; it must be {value}. {Only}");
        }
    }

    private void RefuseOthers(JsonElement found, string place, params string[] known)
    {
        foreach (var member in found.EnumerateObject().Where(member => !known.Contains(member.Name)))
            throw Refuse($"{place}.{member.Name} is not known and may change tokens. {Only}");
    }

    private JsonElement Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : throw Refuse($"{name} is {(value.ValueKind == JsonValueKind.Undefined ? "missing" : value.ToString())}. {Only}");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Is(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private CheckpointException Refuse(string problem) => new(_path, problem);
}
