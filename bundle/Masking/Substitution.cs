using System.Text;

namespace Edge.Bundles.Masking;

/// <summary>Writes a text with substitutes for its personal data.</summary>
internal static class Substitution
{
    // A model may call 那个号码 a telephone number: nothing in it can be another one.
    private const int Tries = 16;

    /// <summary>Writes it.</summary>
    /// <param name="form">The text.</param>
    /// <param name="items">Personal data, places in the source.</param>
    /// <param name="key">Secret key.</param>
    /// <param name="attempt">Other substitutes for each.</param>
    public static MaskedText Write(NormalForm form, List<MaskedItem> items, byte[] key, int attempt)
    {
        var source = form.Source;
        StringBuilder text = new(source.Length + 8);
        var places = new int[source.Length + 1];
        var at = 0;
        foreach (var item in items)
        {
            Copy(source, at, item.Start, text, places);
            WriteItem(form, item, key, attempt, text, places);
            at = item.End;
        }
        Copy(source, at, source.Length, text, places);
        places[^1] = text.Length;
        return new MaskedText { Text = text.ToString(), Items = items, Places = places };
    }

    private static void WriteItem(NormalForm form, MaskedItem item, byte[] key, int attempt, StringBuilder text, int[] places)
    {
        var original = form.Source[item.Start..item.End];
        var (first, last) = form.UnitsIn(item.Start, item.End);
        // However it is written: the same number has the same substitute.
        var said = string.Concat(
            form.Units[first..last].SelectMany(unit => form.Text.Substring(unit.At, unit.Length)).Where(char.IsLetterOrDigit));
        KeyedRandom random = new(key, $"{item.Kind}/{(said.Length > 0 ? said : original)}", attempt);
        var length = text.Length;
        for (var tried = 0; tried < Tries; tried++)
        {
            text.Length = length;
            if (item.Kind is PersonalDataKind.Person or PersonalDataKind.Address)
                WriteName(original, item, random, text, places.AsSpan(item.Start, original.Length));
            else
                WriteUnits(form, item, (first, last), random, text, places);
            if (text.Length - length != original.Length || text.ToString(length, original.Length) != original)
                return;
        }
    }

    private static void WriteName(string original, MaskedItem item, KeyedRandom random, StringBuilder text, Span<int> places)
    {
        var name = NameSubstitutes.Make(original, item.Kind == PersonalDataKind.Person, random);
        for (var i = 0; i < places.Length; i++)
            places[i] = text.Length + (i * name.Length / places.Length);
        text.Append(name);
    }

    private static void WriteUnits(
        NormalForm form, MaskedItem item, (int First, int End) units, KeyedRandom random, StringBuilder text, int[] places)
    {
        if (units.First == units.End)
        {
            Copy(form.Source, item.Start, item.End, text, places);
            return;
        }
        var (start, end) = (form.Units[units.First].At, form.Units[units.End - 1].At + form.Units[units.End - 1].Length);
        var normal = Substitutes.Make(form, new MaskedItem(item.Kind, start, end), random);
        var at = item.Start;
        for (var i = units.First; i < units.End; i++)
        {
            var unit = form.Units[i];
            var (from, to) = (Math.Max(unit.Start, item.Start), Math.Min(unit.End, item.End));
            Copy(form.Source, at, from, text, places);
            var changed = normal.AsSpan(unit.At - start, unit.Length);
            var source = form.Source.AsSpan(from, to - from);
            // A unit that the item cuts (a model's span) is written as it is: the whole of it is more than the item.
            var written = changed.SequenceEqual(form.Text.AsSpan(unit.At, unit.Length)) || source.Length < unit.End - unit.Start
                ? source.ToString()
                : UnitWriter.Write(source, unit.Form, changed);
            for (var place = from; place < to; place++)
                places[place] = text.Length + ((place - from) * written.Length / source.Length);
            text.Append(written);
            at = to;
        }
        Copy(form.Source, at, item.End, text, places);
    }

    private static void Copy(string source, int start, int end, StringBuilder text, int[] places)
    {
        for (var at = start; at < end; at++)
            places[at] = text.Length + at - start;
        text.Append(source, start, end - start);
    }
}
