using Edge.Trainer.Data;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Data.Files;
using Edge.Trainer.Data.Reading;

namespace Edge.Trainer.Distillation.Transfer;

/// <summary>Reads utterances without labels: text line by line, or the text and context of data rows.</summary>
internal static class UnlabelledTexts
{
    /// <summary>Reads a file; blank and unreadable lines, texts that occur twice and texts of the data set are left out.</summary>
    /// <param name="path">A <c>.jsonl</c>, <c>.csv</c> or <c>.json</c> data file, whose labels are not read; any other file is
    /// text.</param>
    /// <param name="data">The data set: its training utterances are learned from anyway, the others measure.</param>
    /// <param name="options">How the data set was read: columns and cleaning are the same.</param>
    /// <param name="note">What was read and left out, in one line.</param>
    /// <exception cref="DataException">The file is missing, empty or in another encoding than UTF-8.</exception>
    public static IReadOnlyList<LabelledUtterance> Read(string path, DataSplits data, DataReadOptions options, out string note)
    {
        var known = data.Train.Concat(data.Dev).Concat(data.Test).Select(utterance => utterance.Words).ToHashSet();
        var texts = new List<LabelledUtterance>();
        var repeated = 0;
        LabelledUtterance?[] read = [.. IsData(path) ? Rows(path, options) : Lines(path)];
        var unreadable = read.Count(utterance => utterance is null);
        foreach (var utterance in new Cleaner(options.Preparation.Cleaning).Apply([.. read.OfType<LabelledUtterance>()]))
        {
            if (known.Add(utterance.Words))
                texts.Add(utterance);
            else
                repeated++;
        }
        note = $"{path}: {texts.Count} utterances without labels"
            + (repeated > 0 ? $"; {repeated} that the data or the file itself has already are left out" : "")
            + (unreadable > 0 ? $"; {unreadable} rows without a readable text are left out" : "");
        return texts;
    }

    private static bool IsData(string path) => DataFile.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<LabelledUtterance?> Rows(string path, DataReadOptions options) =>
        DataFile.ReadRows(path, new DataReadOptions { Map = options.Map }, []).Rows.Select(row =>
            row.Text is null || !Wording.HasWords(row.Text)
            ? null
            : new LabelledUtterance
            {
                Text = row.Text.Trim(), Context = string.IsNullOrWhiteSpace(row.Context) ? null : row.Context.Trim(), File = path,
                Line = row.Line
            });

    private static IEnumerable<LabelledUtterance?> Lines(string path)
    {
        var file = TextFile.Read(path);
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i].Trim();
            if (line.Length > 0)
                yield return Wording.HasWords(line) && file.Problem(i + 1, i + 1) is null
                    ? new LabelledUtterance { Text = line, File = path, Line = i + 1 }
                    : null;
        }
    }
}
