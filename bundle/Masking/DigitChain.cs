using System.Buffers;

namespace Edge.Bundles.Masking;

/// <summary>Digits of a normal form with nothing but separators and fillers between them: 138, 1234 5678 are three groups.</summary>
internal sealed class DigitChain
{
    private const int LongestGap = 4;
    private static readonly SearchValues<char> Gaps = SearchValues.Create(" -.,·/_()~|。\\*…:;");

    private DigitChain(string text, int[] places, List<int> groups) =>
        (Places, Groups, Digits) = (places, groups, string.Concat(places.Select(at => text[at])));

    /// <summary>The digits alone.</summary>
    public string Digits { get; }

    /// <summary>Place of each digit in the normal form.</summary>
    public int[] Places { get; }

    /// <summary>First digit of each group (index into <see cref="Places"/>), and one past the last digit.</summary>
    public List<int> Groups { get; }

    /// <summary>Finds the chains of a text that have at least so many digits.</summary>
    public static IEnumerable<DigitChain> Find(NormalForm form, int least)
    {
        var text = form.Text;
        List<int> places = [], groups = [];
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
                continue;
            if (places.Count > 0 && !IsGap(text.AsSpan(places[^1] + 1, at - places[^1] - 1)))
            {
                if (places.Count >= least)
                    yield return new DigitChain(text, [.. places], [.. groups, places.Count]);
                places.Clear();
                groups.Clear();
            }
            // 九十九块九18983745716: where the form changes, another number may begin.
            if (places.Count == 0 || places[^1] != at - 1 || IsWritten(form, at) != IsWritten(form, at - 1))
                groups.Add(places.Count);
            places.Add(at);
        }
        if (places.Count >= least)
            yield return new DigitChain(text, [.. places], [.. groups, places.Count]);
    }

    private static bool IsWritten(NormalForm form, int at) => char.IsAscii(form.Source[form.Units[form.UnitOf(at)].Start]);

    private static bool IsGap(ReadOnlySpan<char> between) =>
        between.Length <= LongestGap && !between.ContainsAnyExcept(Gaps);
}
