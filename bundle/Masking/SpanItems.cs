using Edge.Bundles.Decoding;

namespace Edge.Bundles.Masking;

/// <summary>Personal data that a model found, beside those that rules found.</summary>
internal static class SpanItems
{
    /// <summary>Spans with a personal label, and where else in the text the same name stands; in text order, not overlapping.</summary>
    public static List<MaskedItem> Of(string text, IEnumerable<EntitySpan>? spans)
    {
        List<MaskedItem> items = [];
        foreach (var span in spans ?? [])
        {
            if (span.Start < span.End && span.End <= text.Length && PersonalLabels.KindOf(span.Label) is { } kind)
                Add(items, new MaskedItem(kind, span.Start, span.End));
        }
        foreach (var person in items.FindAll(item => item.Kind == PersonalDataKind.Person && item.End - item.Start >= 2))
        {
            var name = text[person.Start..person.End];
            for (var at = Next(0); at >= 0; at = Next(at + name.Length))
            {
                if (IsWhole(text, at, at + name.Length))
                    Add(items, new MaskedItem(PersonalDataKind.Person, at, at + name.Length));
            }

            int Next(int from) => text.IndexOf(name, from, StringComparison.Ordinal);
        }
        items.Sort((a, b) => a.Start.CompareTo(b.Start));
        return items;
    }

    /// <summary>
    /// Both together. What rules found within a name or an address belongs to it; within another span it names the kind; where
    /// the two only meet, the rules have theirs and the model what is left.
    /// </summary>
    public static List<MaskedItem> Merge(List<MaskedItem> found, List<MaskedItem> given)
    {
        List<MaskedItem> items = [.. found];
        foreach (var span in given)
        {
            var inside = items.FindAll(item => item.Start >= span.Start && item.End <= span.End);
            if (inside.Count == 1 && span.Kind is not (PersonalDataKind.Person or PersonalDataKind.Address))
            {
                items.Remove(inside[0]);
                Add(items, span with { Kind = inside[0].Kind });
                continue;
            }
            if (span.Kind is PersonalDataKind.Person or PersonalDataKind.Address)
                items.RemoveAll(inside.Contains);
            Add(items, span);
        }
        items.Sort((a, b) => a.Start.CompareTo(b.Start));
        return items;
    }

    // What no other item has of it.
    private static void Add(List<MaskedItem> items, MaskedItem item)
    {
        var start = item.Start;
        foreach (var other in items.FindAll(other => other.Start < item.End && item.Start < other.End).OrderBy(other => other.Start))
        {
            if (other.Start > start)
                items.Add(new MaskedItem(item.Kind, start, other.Start));
            start = Math.Max(start, other.End);
        }
        if (start < item.End)
            items.Add(item with { Start = start });
    }

    // "Ann" in "Anna" is another name.
    private static bool IsWhole(string text, int start, int end) =>
        !(char.IsAsciiLetter(text[start]) && start > 0 && char.IsAsciiLetter(text[start - 1]))
        && !(char.IsAsciiLetter(text[end - 1]) && end < text.Length && char.IsAsciiLetter(text[end]));
}
