namespace Edge.Trainer.Data.Importing;

/// <summary>
/// CoNLL columns: a token a line, its tag in the last column, a blank line between sentences; BIO, IOB1, BIOES and their like.
/// </summary>
internal sealed class ConllFormat : IImportFormat
{
    private const string Document = "-DOCSTART-";
    private const int Looked = 200;

    /// <inheritdoc/>
    public string Name => "CoNLL columns";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source)
    {
        // a first token may be a bracket
        if (source.Items.Count > 0) return false;
        var lines = source.File.Lines.Take(Looked).Where(line => !string.IsNullOrWhiteSpace(line) && !IsAside(line)).ToArray();
        return lines.Length > 0 && lines.Count(line => Parse(line) is not null) * 20 >= lines.Length * 19
            && lines.Any(line => Parse(line) is { Tag.Length: > 1 });
    }

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report)
    {
        var sentences = Sentences(source, report).ToArray();
        var whole = sentences.Where(sentence => sentence.Rows.TrueForAll(row => row is not null))
            .Select(sentence => (sentence.Line, Tokens: (string[])[.. sentence.Rows.Select(row => row!.Value.Token)],
                Tags: (string[])[.. sentence.Rows.Select(row => row!.Value.Tag)])).ToArray();
        var scheme = TagScheme.Of(whole.Select(sentence => sentence.Tags));
        var characters = TokenText.AreCharacters(whole.Select(sentence => sentence.Tokens));
        report.Remarks.Add(TokenText.Remark(scheme, characters));
        foreach (var (line, _) in sentences.Where(sentence => sentence.Rows.Exists(row => row is null)))
            report.Leave(line, "a line has no token, or no tag in its last column");
        foreach (var (line, tokens, tags) in whole)
            TokenText.Take(report, new LabelledUtterance { Text = "", Line = line }, tokens, tags, scheme, characters);
    }

    private static IEnumerable<(int Line, List<(string Token, string Tag)?> Rows)> Sentences(ImportSource source, ImportReport report)
    {
        var rows = new List<(string, string)?>();
        var first = 1;
        for (var i = 0; i < source.File.Lines.Count; i++)
        {
            var line = source.File.Lines[i];
            var isAside = IsAside(line);
            if (isAside) report.Untaken(line.StartsWith(Document, StringComparison.Ordinal) ? "document marks" : "comments");
            if (!string.IsNullOrWhiteSpace(line) && !isAside)
            {
                if (rows.Count == 0) first = i + 1;
                rows.Add(source.File.Problem(i + 1, i + 1) is null ? Parse(line) : null);
            }
            else if (rows.Count > 0 && !(isAside && line.StartsWith('#')))
            {
                yield return (first, rows);
                rows = [];
            }
        }

        if (rows.Count > 0) yield return (first, rows);
    }

    // A comment starts with #, and so does the token # with its tag.
    private static bool IsAside(string line) =>
        line.StartsWith(Document, StringComparison.Ordinal) || (line.StartsWith('#') && Parse(line) is null);

    private static (string Token, string Tag)? Parse(string line)
    {
        var columns = line.Contains('\t')
            ? line.Split('\t')
            : line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // the token of a line that starts with its separator is a space: character by character, texts have such
        if (columns.Length == 1 && char.IsWhiteSpace(line[0])) columns = [" ", columns[0]];
        var tag = columns[^1].Trim();
        return columns.Length > 1 && TagScheme.IsTag(tag) && columns[0].Length > 0 ? (columns[0], tag)
            : columns.Length > 1 && columns[0].Length == 0 && TagScheme.IsTag(tag) ? (" ", tag)
            : null;
    }
}
