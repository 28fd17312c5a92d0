using System.Text.Json;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data.Reading;

/// <summary>Turns the rows of all files into utterances and reports every bad row at once, before training starts.</summary>
internal static class RowChecker
{
    /// <summary>The utterances of each file, and what became of its rows.</summary>
    /// <exception cref="BadRowsException">Rows are bad and <see cref="DataReadOptions.SkipBadFile"/> is not set.</exception>
    public static IReadOnlyList<(IReadOnlyList<LabelledUtterance> Utterances, FileAccount Account)> Check(
        IReadOnlyList<RawFile> files, DataReadOptions options, ICollection<string> notes)
    {
        // 1. What each head is. 2. Every row by it. 3. All problems in one exception, or in one file.
        RawRow[] rows = [.. files.SelectMany(file => file.Rows)];
        var kinds = HeadKinds.Resolve(rows, options, notes);
        var labels = options.Task?.Heads.Where(head => head.Labels.Count > 0)
            .ToDictionary(head => head.Name, head => (IReadOnlySet<string>)head.Labels.ToHashSet(StringComparer.Ordinal)) ?? [];
        var spelling = options.Spelling?.Heads.Where(head => head.Labels.Count > 0)
            .ToDictionary(head => head.Name, head => (IReadOnlySet<string>)head.Labels.ToHashSet(StringComparer.Ordinal)) ?? labels;
        var builder = new RowBuilder(kinds, labels, complete: options.Task is null, LabelVariants.Find(rows, kinds, spelling, notes),
            options.Offsets ?? OffsetUnit.Utf16, options.Offsets is null ? OffsetRecognition.Find(rows) : null,
            options.Task?.ScopeHead ?? OutOfScope.UsualHead);
        NoteUnreadHeads(rows, options.Task, notes);
        (IReadOnlyList<LabelledUtterance> Utterances, FileAccount Account)[] read = [.. files.Select(file => Build(file, builder))];
        foreach (var note in DoubtfulSpans.Notes(read.SelectMany(file => file.Utterances)))
            notes.Add(note);
        foreach (var (_, account) in read.Where(file => file.Account.Rows > 0))
            options.Accounts?.Add(account);

        BadRow[] bad = [.. rows.Where(row => row.Problems.Count > 0)
            .Select(row => new BadRow(row.File, row.Line, string.Join("; also: ", row.Problems), row.Source))];
        if (bad.Length == 0) return read;
        if (options.BadRows is { } collected)
        {
            foreach (var row in bad) collected.Add(row);
            return read;
        }

        if (options.SkipBadFile is null)
            throw new BadRowsException(bad, rows.Length, [.. read.Select(file => file.Account).Where(account => account.Rows > 0)]);
        WriteSkipped(options.SkipBadFile, bad);
        notes.Add($"{bad.Length} bad {(bad.Length == 1 ? "row was" : "rows were")} skipped; {options.SkipBadFile} lists them.");
        return read;
    }

    private static (IReadOnlyList<LabelledUtterance> Utterances, FileAccount Account) Build(RawFile file, RowBuilder builder)
    {
        LabelledUtterance[] utterances = [.. file.Rows.Select(builder.Build).OfType<LabelledUtterance>()];
        return (utterances, new FileAccount(file.Name, file.Form, utterances.Length, file.Rows.Count(row => row.Problems.Count > 0),
            [.. file.Rows.Where(row => row.LastLine > row.Line).Select(row => (row.Line, row.LastLine))]));
    }

    private static void NoteUnreadHeads(IReadOnlyList<RawRow> rows, TaskDefinition? task, ICollection<string> notes)
    {
        if (task is null) return;
        var known = task.Heads.Select(head => head.Name).ToHashSet(StringComparer.Ordinal);
        var unread = rows.SelectMany(row => row.Heads.Keys).Where(key => !known.Contains(key)).Distinct().ToArray();
        if (unread.Length > 0) notes.Add($"Keys left out because the task does not name them: {string.Join(", ", unread)}.");
    }

    private static void WriteSkipped(string path, IReadOnlyList<BadRow> bad)
    {
        using var stream = File.Create(path);
        var options = new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        foreach (var row in bad)
        {
            using (var json = new Utf8JsonWriter(stream, options))
            {
                json.WriteStartObject();
                json.WriteString("file", row.File);
                json.WriteNumber("line", row.Line);
                json.WriteString("reason", row.Reason);
                json.WriteString("row", row.Row);
                json.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        }
    }
}
