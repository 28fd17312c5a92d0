using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Data.Reading;

/// <summary>
/// Finds out whether the spans of the data count something else than UTF-16 units: where they do not fit as UTF-16 behind characters that
/// other units count otherwise, but all fit in another unit.
/// </summary>
internal static class OffsetRecognition
{
    // Share of the spans behind such characters that must not fit as UTF-16 units: wrong spans are found in any data.
    private const double FaultyShare = 0.2;

    /// <summary>The other unit with the reason; <c>null</c>: nothing speaks against UTF-16 units, or nothing else fits.</summary>
    public static (OffsetUnit Unit, string Reason)? Find(IEnumerable<RawRow> rows)
    {
        var spans = rows.Where(row => row.Text is not null)
            .SelectMany(row => row.Heads.Values.SelectMany(value => value.Spans ?? []).Select(span => (Text: row.Text!, Span: span)))
            .Where(entry => !System.Text.Ascii.IsValid(entry.Text)).ToArray();
        foreach (var unit in new[] { OffsetUnit.CodePoints, OffsetUnit.Bytes })
        {
            var telling = spans.Where(entry => Differs(entry.Text, entry.Span, unit)).ToArray();
            var faults = telling.Select(entry => Fault(entry.Text, entry.Span, OffsetUnit.Utf16)).ToArray();
            var other = telling.Select(entry => Fault(entry.Text, entry.Span, unit)).ToArray();
            var faulty = faults.Count(fault => fault > 0);
            if (faulty == 0 || faulty < telling.Length * FaultyShare || other.Any(fault => fault == 2)
                || other.Count(fault => fault > 0) * 10 > faulty)
                continue;
            return (unit, $"the offsets count {OffsetUnits.Name(unit)}: of {telling.Length} spans that differ by it all fit so, and " +
                $"{faulty} do not as UTF-16 units; --offsets {OffsetUnits.Option(unit)} converts them, --offsets utf16 takes them as " +
                "they stand");
        }

        return null;
    }

    /// <summary>Whether a span means something else in another unit.</summary>
    public static bool Differs(string text, RawSpan span, OffsetUnit unit) =>
        OffsetUnits.ToUtf16(text, span.Start, unit) != span.Start || OffsetUnits.ToUtf16(text, span.End, unit) != span.End;

    // 0: fits; 1: cuts a word or number, or has a space at an end; 2: is no part of the text, or not the one that it says it is.
    private static int Fault(string text, RawSpan span, OffsetUnit unit)
    {
        var (start, end) = (OffsetUnits.ToUtf16(text, span.Start, unit), OffsetUnits.ToUtf16(text, span.End, unit));
        if (start < 0 || end <= start || Splits(text, start) || Splits(text, end) || !span.Covers(text[start..end])) return 2;
        return WordRuns.IsWithin(text, start) || WordRuns.IsWithin(text, end)
            || char.IsWhiteSpace(text[start]) || char.IsWhiteSpace(text[end - 1])
            ? 1
            : 0;
    }

    /// <summary>Whether a place lies within a character of two UTF-16 units.</summary>
    public static bool Splits(string text, int at) =>
        at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]);
}
