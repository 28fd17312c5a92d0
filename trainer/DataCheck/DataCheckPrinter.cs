using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Duplicates;
using Spectre.Console;

namespace Edge.Trainer.DataCheck;

/// <summary>Prints a check for people: figures as tables, findings as one line each, so that they can be searched.</summary>
/// <param name="console">Where to; colours only on a terminal.</param>
internal sealed class DataCheckPrinter(IAnsiConsole console)
{
    private const int LabelsShown = 15, ConflictsShown = 10, GroupsShown = 5, BadRowsShown = 20, BarWidth = 24;

    /// <summary>Prints everything.</summary>
    public void Print(DataCheckResult check, int suspicious)
    {
        PrintFiles(check.Files);
        PrintSplits(check);
        foreach (var head in check.Heads) PrintHead(check, head);
        Section($"Conflicts: {check.Conflicts.Count}", check.Conflicts.Take(ConflictsShown).Select(conflict => conflict.ToString()),
            check.Conflicts.Count - ConflictsShown);
        Section($"Nearly equal: {check.NearDuplicates.Count} groups", check.NearDuplicates.Take(GroupsShown).Select(Group),
            check.NearDuplicates.Count - GroupsShown);
        Section($"Suspicious annotations: {check.Suspicious.Count}", check.Suspicious.Take(suspicious).Select(Finding),
            check.Suspicious.Count - suspicious);
        PrintRows(check.BadRows);
        foreach (var note in check.Notes) Line("note", "grey", note);
        foreach (var warning in check.Warnings) Line("warning", "yellow", warning);
        foreach (var error in check.Errors) Line("error", "red", error);
        if (check.Errors.Count == 0) Line("ok", "green", "nothing stands against training on these data");
    }

    /// <summary>Prints what there is to say where the data cannot be used at all.</summary>
    public void Print(IReadOnlyList<FileAccount> files, IReadOnlyList<BadRow> badRows, IEnumerable<string> errors)
    {
        PrintFiles(files);
        PrintRows(badRows);
        foreach (var error in errors) Line("error", "red", error);
    }

    private void PrintFiles(IReadOnlyList<FileAccount> files)
    {
        foreach (var file in files) Plain(file.ToString());
    }

    private void PrintRows(IReadOnlyList<BadRow> rows) =>
        Section($"Rows that cannot be used: {rows.Count}", rows.Take(BadRowsShown).Select(row => row.ToString()),
            rows.Count - BadRowsShown);

    private void PrintSplits(DataCheckResult check)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false }
            .AddColumns("split", "rows", "tokens", "90 %", "99 %", "max", $"> {check.Task.MaxLength}", "again", "near", "in train", "near");
        foreach (var column in table.Columns) column.NoWrap().Padding(0, 2);
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var split in check.Splits)
        {
            var isTrain = split.Name == "train";
            table.AddRow(split.Name, Number(split.Utterances), Number(split.Lengths.Median), Number(split.Lengths.P90),
                Number(split.Lengths.P99),
                Number(split.Lengths.Longest), Percent(split.Lengths.Cut), Number(split.Duplicates), Number(split.NearDuplicates),
                isTrain ? "-" : Coloured(split.InTrain), isTrain ? "-" : Coloured(split.NearlyInTrain));
        }

        console.Write(table);
    }

    private void PrintHead(DataCheckResult check, HeadFigures head)
    {
        var kind = head.Head.Kind.ToString().ToLowerInvariant();
        var unit = head.Head.Kind == HeadKind.Score ? "ranges" : "labels";
        var more = head.NewValues is { } share ? $", {Percent(share)} of the entities of test are new" : "";
        console.MarkupLineInterpolated(
            $"[bold]{head.Head.Name}[/] [grey]{kind}, {head.Labels.Count} {unit}, annotated in {Number(head.Annotated.Sum())}{more}[/]");
        var table = new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumns("", "train", "dev", "test", "", "");
        foreach (var column in table.Columns) column.NoWrap();
        foreach (var column in table.Columns.Skip(1).Take(3)) column.RightAligned();
        var most = Math.Max(1, head.Labels.Select(label => label.Counts[0]).DefaultIfEmpty(1).Max());
        foreach (var (label, counts) in head.Labels.Take(LabelsShown))
        {
            var bar = new string('█', (int)Math.Ceiling(1.0 * (head.Values.Count > 0 ? BarWidth / 2 : BarWidth) * counts[0] / most));
            var values = head.Values.TryGetValue(label, out var value)
                ? $"{value.Different} different: {string.Join(", ", value.Frequent)}"
                : "";
            table.AddRow(
                [new Text("  " + label), .. counts.Select(count => new Text(Number(count))), new Text(bar, new Style(Color.Blue)),
                    new Text(values, new Style(Color.Grey)) { Overflow = Overflow.Ellipsis }]);
        }

        console.Write(table);
        if (head.Labels.Count > LabelsShown)
            Plain($"  and {head.Labels.Count - LabelsShown} more, " +
                $"{Number(head.Labels.Skip(LabelsShown).Sum(label => label.Counts[0]))} times in train; --json lists them");
        console.WriteLine();
    }

    private void Section(string title, IEnumerable<string> lines, int left)
    {
        var shown = lines.ToArray();
        if (shown.Length == 0) return;
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        foreach (var line in shown) Plain("  " + line);
        if (left > 0) Plain($"  and {left} more; --json lists them all");
        console.WriteLine();
    }

    private static string Group(IReadOnlyList<LabelledUtterance> group) =>
        string.Join(" | ",
            group.DistinctBy(utterance => utterance.Text).Take(4)
                .Select(utterance => $"{Annotation.Place(utterance)} \"{utterance.Text}\""));

    private static string Finding(SuspiciousLabel finding)
    {
        var text = finding.Utterance.Text;
        var marked = finding.End == 0 ? text : $"{text[..finding.Start]}[{text[finding.Start..finding.End]}]{text[finding.End..]}";
        var why = finding.ScoreError is { } off
            ? FormattableString.Invariant($"expected is {finding.Suggested} (off by {off:0.00})")
            : FormattableString.Invariant($"more likely {finding.Suggested} ({finding.SuggestedProbability:0.00})");
        return $"{Annotation.Place(finding.Utterance)}: {finding.Head} is {finding.Given}, {why}: \"{marked}\"";
    }

    private void Line(string word, string colour, string text)
    {
        console.Markup($"[{colour}]{word}[/]: ");
        Plain(text);
    }

    // Not wrapped at the width of the terminal.
    private void Plain(string text) => console.Profile.Out.Writer.WriteLine(text);

    private static string Coloured(int count) => count == 0 ? "0" : $"[yellow]{Number(count)}[/]";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
