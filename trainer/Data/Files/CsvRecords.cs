using System.Text;

namespace Edge.Trainer.Data.Files;

/// <summary>
/// Cuts a text into records and cells as RFC 4180 has it: a cell in double quotes may hold separators, line ends and doubled quotes;
/// everywhere else a quote stands for itself. Line ends in cells stay as they are.
/// </summary>
/// <remarks>
/// A quote that is not closed would swallow the rows behind it. So where quotes do not match, the record is the line on which it starts and
/// no more, and reading goes on with the next line; <c>SwallowedRows</c> finds the rest. No library that we know names a record's
/// lines and goes on behind a quote that does not match.
/// </remarks>
/// <param name="text">The text.</param>
/// <param name="separator">What parts cells.</param>
/// <param name="hasQuotes">False where quotes are characters as any other.</param>
internal sealed class CsvRecords(string text, char separator, bool hasQuotes)
{
    private readonly StringBuilder _quoted = new();

    /// <summary>Reads the records from a place in the text; blank lines are no records.</summary>
    /// <param name="at">Where the first record starts.</param>
    /// <param name="line">Line of that place.</param>
    public IEnumerable<CsvRecord> Read(int at, int line)
    {
        while (at < text.Length)
        {
            var problem = Cells(at, out var cells, out var next);
            var last = line + LineEnds.Count(text.AsSpan(at, next - at)) - (EndsLine(next) ? 1 : 0);
            if (problem is not null)
            {
                next = LineEnds.Behind(text, EndOfLine(at));
                yield return new CsvRecord(line, line, text[at..EndOfLine(at)], [], problem);
                last = line;
            }
            else if (cells.Length > 1 || !string.IsNullOrWhiteSpace(cells[0]) || text[at] == '"')
            {
                yield return new CsvRecord(line, last, text[at..next].TrimEnd('\r', '\n'), cells);
            }

            line = last + 1;
            at = next;
        }
    }

    /// <summary>Cells of the record at a place, and where the next one starts; what is wrong with its quotes.</summary>
    private string? Cells(int at, out string[] cells, out int next)
    {
        var found = new List<string>();
        cells = [];
        for (next = at; ;)
        {
            if (hasQuotes && next < text.Length && text[next] == '"')
            {
                if (Quoted(ref next) is { } problem) return problem;
                found.Add(_quoted.ToString());
            }
            else
            {
                var start = next;
                while (next < text.Length && text[next] != separator && text[next] is not ('\r' or '\n')) next++;
                var cell = text[start..next];
                if (hasQuotes && cell.Length > 0 && char.IsWhiteSpace(cell[0]) && cell.TrimStart().StartsWith('"'))
                    return "a space stands before an opening quote; take it out";
                found.Add(cell);
            }

            if (next < text.Length && text[next] == separator)
            {
                next++;
                continue;
            }

            cells = [.. found];
            next = LineEnds.Behind(text, next);
            return null;
        }
    }

    private string? Quoted(ref int next)
    {
        var open = next++;
        _quoted.Clear();
        while (true)
        {
            var quote = text.IndexOf('"', next);
            if (quote < 0)
                return $"the quotes do not match: one opens before {Short(open + 1)} and is never closed; close it, or double it where " +
                    "it belongs to the text";
            _quoted.Append(text, next, quote - next);
            next = quote + 1;
            if (next == text.Length || text[next] == separator || text[next] is '\r' or '\n') return null;
            if (text[next] != '"')
                return $"the quotes do not match: one opens before {Short(open + 1)} and the next stands before {Short(next)}; put the " +
                    "field in \"...\" and double the quotes within";
            _quoted.Append('"');
            next++;
        }
    }

    private bool EndsLine(int next) => next > 0 && text[next - 1] is '\r' or '\n';

    private int EndOfLine(int at)
    {
        var length = text.AsSpan(at).IndexOfAny('\r', '\n');
        return length < 0 ? text.Length : at + length;
    }

    private string Short(int at)
    {
        var end = EndOfLine(at);
        return end - at <= 30 ? $"'{text[at..end]}'" : $"'{text[at..(at + 27)]}...'";
    }
}
