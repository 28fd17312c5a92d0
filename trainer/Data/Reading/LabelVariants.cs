using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data.Reading;

/// <summary>
/// Takes labels together that are one label written in several ways: with spaces around, in other case, in full width, or as pandas writes
/// whole numbers (<c>1.0</c>). Labels that a task names are never taken for each other.
/// </summary>
internal sealed class LabelVariants
{
    private const int Shown = 5;

    private readonly Dictionary<(string Head, string Label), string> _forms = [];

    /// <summary>The label as it is used.</summary>
    public string Of(string head, string label) => _forms.GetValueOrDefault((head, label), label);

    /// <summary>Finds the variants of all labels.</summary>
    /// <param name="rows">Rows of all files.</param>
    /// <param name="kinds">Kind by head.</param>
    /// <param name="known">Labels whose spelling counts, by head: of a task file, or of the bundle that is measured.</param>
    /// <param name="notes">Where to what was taken together is added.</param>
    public static LabelVariants Find(
        IReadOnlyList<RawRow> rows, IReadOnlyDictionary<string, HeadKind> kinds, IReadOnlyDictionary<string, IReadOnlySet<string>> known,
        ICollection<string> notes)
    {
        var variants = new LabelVariants();
        foreach (var (head, kind) in kinds)
        {
            var counts = rows.SelectMany(row => row.Heads.TryGetValue(head, out var value) ? RowBuilder.Labels(value, kind) : [])
                .CountBy(label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            variants.Add(head, counts, known.GetValueOrDefault(head), notes);
        }

        return variants;
    }

    private void Add(string head, Dictionary<string, int> counts, IReadOnlySet<string>? known, ICollection<string> notes)
    {
        var tidied = counts.Where(pair => LabelText.Tidy(pair.Key) is var tidy && tidy != pair.Key && tidy.Length > 0)
            .Sum(pair => pair.Value);
        var areNumbers = counts.Keys.All(label => LabelText.WholeNumber(LabelText.Tidy(label)) is not null);
        var listed = (known ?? new HashSet<string>()).ToLookup(Key, StringComparer.Ordinal);
        var merged = new List<string>();
        foreach (var group in counts.GroupBy(pair => Key(pair.Key), StringComparer.Ordinal))
        {
            // Of two listed labels with one key nobody could say which a third spelling is.
            var names = listed[group.Key].ToArray();
            var forms = group.GroupBy(pair => LabelText.Tidy(pair.Key), StringComparer.Ordinal)
                .Select(form => (Label: form.Key, Count: form.Sum(pair => pair.Value)))
                .OrderByDescending(form => form.Count).ThenBy(form => form.Label, StringComparer.Ordinal).ToArray();
            var best = names.Length == 1 ? names[0] : areNumbers ? LabelText.WholeNumber(forms[0].Label)! : forms[0].Label;
            foreach (var (label, _) in group)
            {
                var tidy = LabelText.Tidy(label);
                var form = tidy.Length == 0 || known?.Contains(label) == true ? label
                    : names.Length > 1 ? tidy
                    : best;
                if (form != label) _forms[(head, label)] = form;
            }

            if (names.Length < 2)
                merged.AddRange(forms.Where(form => form.Label != best && known?.Contains(form.Label) != true)
                    .Select(form => $"'{form.Label}' ({form.Count}) as '{best}'"));
        }

        if (tidied > 0)
            notes.Add($"{head}: {tidied} {(tidied == 1 ? "label" : "labels")} had spaces or invisible characters around or within, which " +
                "were taken out.");
        if (merged.Count > 0)
            notes.Add($"{head}: labels that differ in case, width or as numbers only are taken for one: " +
                $"{string.Join(", ", merged.Take(Shown))}{(merged.Count > Shown ? $" and {merged.Count - Shown} more" : "")}. Where they " +
                "shall differ, list them in a task file (--task).");

        string Key(string label)
        {
            var tidy = LabelText.Tidy(label);
            return (areNumbers || known is not null ? LabelText.WholeNumber(tidy) : null) ?? LabelText.Key(tidy);
        }
    }
}
