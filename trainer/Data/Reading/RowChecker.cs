using System.Text.Json;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data.Reading;

/// <summary>Turns the rows of all files into utterances and reports every bad row at once, before training starts.</summary>
internal static class RowChecker
{
    /// <summary>One list of utterances for each list of rows.</summary>
    /// <exception cref="BadRowsException">Rows are bad and <see cref="DataReadOptions.SkipBadFile"/> is not set.</exception>
    public static IReadOnlyList<IReadOnlyList<LabelledUtterance>> Check(
        IReadOnlyList<IReadOnlyList<RawRow>> files, DataReadOptions options, ICollection<string> notes, out int skipped)
    {
        // 1. What each head is. 2. Every row by it. 3. All problems in one exception, or in one file.
        var kinds = HeadKinds.Resolve(files.SelectMany(rows => rows), options.Task, notes);
        var labels = options.Task?.Heads.Where(head => head.Labels.Count > 0)
            .ToDictionary(head => head.Name, head => (IReadOnlySet<string>)head.Labels.ToHashSet(StringComparer.Ordinal)) ?? [];
        var builder = new RowBuilder(kinds, labels, complete: options.Task is null);
        NoteUnreadHeads(files, options.Task, notes);

        var bad = new List<BadRow>();
        var good = new List<IReadOnlyList<LabelledUtterance>>();
        foreach (var rows in files)
        {
            var utterances = new List<LabelledUtterance>(rows.Count);
            foreach (var row in rows)
            {
                var utterance = builder.Build(row);
                if (row.Problems.Count == 0) utterances.Add(utterance!);
                else bad.Add(new BadRow(row.File, row.Line, string.Join("; also: ", row.Problems), row.Source));
            }

            good.Add(utterances);
        }

        skipped = bad.Count;
        if (bad.Count == 0) return good;
        if (options.BadRows is { } collected)
        {
            foreach (var row in bad) collected.Add(row);
            return good;
        }

        if (options.SkipBadFile is null) throw new BadRowsException(bad, files.Sum(rows => rows.Count));
        WriteSkipped(options.SkipBadFile, bad);
        notes.Add($"{bad.Count} bad {(bad.Count == 1 ? "row was" : "rows were")} skipped; {options.SkipBadFile} lists them.");
        return good;
    }

    private static void NoteUnreadHeads(IReadOnlyList<IReadOnlyList<RawRow>> files, TaskDefinition? task, ICollection<string> notes)
    {
        if (task is null) return;
        var known = task.Heads.Select(head => head.Name).ToHashSet(StringComparer.Ordinal);
        var unread =
            files.SelectMany(rows => rows).SelectMany(row => row.Heads.Keys).Where(key => !known.Contains(key)).Distinct().ToArray();
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
