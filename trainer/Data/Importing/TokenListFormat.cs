using System.Text.Json;

namespace Edge.Trainer.Data.Importing;

/// <summary>
/// Token lists with tags, as Hugging Face's data sets have them: <c>{"tokens":["EU","rejects"],"ner_tags":["B-ORG","O"]}</c>, tags as names
/// or as numbers.
/// </summary>
internal sealed class TokenListFormat : IImportFormat
{
    private static readonly string[] TokenKeys = ["tokens", "words"];
    private static readonly string[] TagKeys = ["ner_tags", "tags", "ner", "ner_labels", "labels", "slots"];
    private static readonly string[] LabelKeys = ["intent", "sentiment", "domain", "label", "category"];

    /// <inheritdoc/>
    public string Name => "token lists with tags";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => source.Any(row => Tokens(row) is { } tokens && Tags(row) is { } tags
        && tags.List.Count == tokens.Length && (tags.Key != "labels" || tags.List.All(tag => tag.ValueKind == JsonValueKind.Number
            || (tag.ValueKind == JsonValueKind.String && TagScheme.IsTag(tag.GetString()!)))));

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report)
    {
        var rows = source.Items.Select(item => (item.Line, item.Json, Tokens: Tokens(item.Json),
            Tags: Tags(item.Json) is { } tags ? Array.ConvertAll([.. tags.List], tag => NameOf(tag, source, options)) : null)).ToArray();
        var scheme = TagScheme.Of(rows.Select(row => row.Tags).OfType<string[]>());
        var characters = TokenText.AreCharacters(rows.Select(row => row.Tokens).OfType<string[]>());
        report.Remarks.Add(TokenText.Remark(scheme, characters));
        foreach (var (line, json, tokens, tags) in rows)
        {
            foreach (var key in json.EnumerateObject().Select(member => member.Name)
                .Where(key => !TokenKeys.Contains(key) && !TagKeys.Contains(key) && !LabelKeys.Contains(key)))
                if (key is not ("text" or "id")) report.Untaken(key);
            if (tokens is null || tags is null)
                report.Leave(line, "there are no tokens, or no tags");
            else
                TokenText.Take(report, new LabelledUtterance
                {
                    Text = json.Text("text") ?? "", Line = line,
                    Single = LabelKeys.Where(key => json.Text(key) is { Length: > 0 }).ToDictionary(key => key, key => json.Text(key)!),
                }, tokens, tags, scheme, characters);
        }
    }

    private static string[]? Tokens(JsonElement row) =>
        TokenKeys.Select(key => row.Texts(key)).FirstOrDefault(tokens => tokens is not null);

    private static (string Key, IReadOnlyList<JsonElement> List)? Tags(JsonElement row)
    {
        foreach (var key in TagKeys)
            if (row.List(key) is { Count: > 0 } list
                && list.All(tag => tag.ValueKind is JsonValueKind.String or JsonValueKind.Number))
                return (key, list);
        return null;
    }

    private static string NameOf(JsonElement tag, ImportSource source, ImportOptions options)
    {
        if (tag.ValueKind == JsonValueKind.String) return tag.GetString()!;
        var number = tag.Number();
        return number >= 0 && number < options.Tags.Count ? options.Tags[number] : throw new DataException(
            $"{source.File.Name}: a tag is {tag.GetRawText()}; " + (options.Tags.Count == 0
                ? "the names of the numbers are not in the file: give them in their order, --tags O,B-PER,I-PER,... (the data set's card " +
                    "has them)"
                : $"--tags names {options.Tags.Count} tags, 0 to {options.Tags.Count - 1}: name all"));
    }
}
