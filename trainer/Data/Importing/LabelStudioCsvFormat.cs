using System.Text.Json;
using Edge.Trainer.Data.Files;

namespace Edge.Trainer.Data.Importing;

/// <summary>Label Studio's CSV and TSV: the columns of JSON-MIN, spans as JSON in their cell.</summary>
internal sealed class LabelStudioCsvFormat : IImportFormat
{
    /// <inheritdoc/>
    public string Name => "Label Studio (CSV)";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source)
    {
        var header = Records(source).FirstOrDefault().Cells;
        return header is not null && header.Contains("annotation_id") && header.Contains("annotator");
    }

    /// <inheritdoc/>
    public void Read(ImportSource source, ImportOptions options, ImportReport report)
    {
        var records = Records(source).ToArray();
        var header = records[0].Cells;
        LabelStudioRow.Take([.. records.Skip(1).Select(record => Row(source, record, header, report))], options, report);
    }

    private static LabelStudioRow Row(ImportSource source, CsvRecord record, string[] header, ImportReport report)
    {
        var problem = source.File.Problem(record.Line, record.LastLine) ?? record.Problem
            ?? (record.Cells.Length == header.Length ? null : "the row has another number of fields than the header");
        return problem is null
            ? LabelStudioMinFormat.Row(
                record.Line, header.Zip(record.Cells, (key, cell) => KeyValuePair.Create(key, Value(key, cell))), report)
            : new LabelStudioRow { Line = record.Line, Reason = problem };
    }

    private static IEnumerable<CsvRecord> Records(ImportSource source)
    {
        if (source.Items.Count + source.Broken.Count > 0) return [];
        var form = CsvForm.Of(source.File.Text);
        return new CsvRecords(source.File.Text, form.Separator, hasQuotes: true).Read(form.Start, form.LinesBefore(source.File.Text) + 1);
    }

    private static JsonElement Value(string key, string cell)
    {
        if (key != "text" && cell.Length > 0 && cell[0] is '[' or '{')
        {
            try
            {
                using var json = JsonDocument.Parse(cell, JsonItems.Options);
                return json.RootElement.Clone();
            }
            catch (JsonException)
            {
                return JsonSerializer.SerializeToElement(cell); // a choice may start with a bracket
            }
        }

        return JsonSerializer.SerializeToElement(cell);
    }
}
