namespace Edge.Trainer.Data.Importing;

/// <summary>
/// Entities from tags of tokens, whatever the scheme: BIO (IOB2), IOB1 (B only between neighbours of one label), BIOES (BILOU, BMES), or
/// bare labels. An entity begins at B, S and U, and at any other tag that does not continue the one before, as conlleval reads them
/// (Tjong Kim Sang and Buchholz 2000).
/// </summary>
internal sealed class TagScheme
{
    private const string Prefixes = "BIESLUM", Ends = "ESLU", Begins = "BSU";

    private readonly bool _prefixed;

    private TagScheme(bool prefixed, string name) => (_prefixed, Name) = (prefixed, name);

    /// <summary>What the scheme is called.</summary>
    public string Name { get; }

    /// <summary>Finds the scheme of a file from all its sentences.</summary>
    public static TagScheme Of(IEnumerable<IReadOnlyList<string>> sentences)
    {
        var all = sentences.ToArray();
        var tags = all.SelectMany(sentence => sentence).Where(tag => !IsOutside(tag)).Distinct(StringComparer.Ordinal).ToArray();
        if (tags.Length == 0 || !Array.TrueForAll(tags, IsPrefixed)) return new TagScheme(false, "bare labels");
        var name = tags.Any(tag => tag[0] is 'U' or 'L') ? "BILOU"
            : tags.Any(tag => tag[0] is 'M') ? "BMES"
            : tags.Any(tag => tag[0] is 'E' or 'S') ? "BIOES"
            : "BIO";
        if (name != "BIO") return new TagScheme(true, name);
        var (begun, inside) = (0, 0);
        foreach (var sentence in all)
            for (var i = 0; i < sentence.Count; i++)
            {
                if (IsOutside(sentence[i]) || (i > 0 && !IsOutside(sentence[i - 1]) && sentence[i - 1][2..] == sentence[i][2..])) continue;
                if (sentence[i][0] == 'B') begun++;
                else inside++;
            }

        return new TagScheme(true, inside > begun ? "IOB1" : "BIO");
    }

    /// <summary>Whether a tag is of any scheme with prefixes, or O.</summary>
    public static bool IsTag(string tag) => tag == "O" || IsPrefixed(tag);

    /// <summary>The entities of a sentence: label, first and last token.</summary>
    public IEnumerable<(string Label, int First, int Last)> Entities(IReadOnlyList<string> tags)
    {
        var open = -1;
        for (var i = 0; i < tags.Count; i++)
        {
            if (open >= 0 && (IsOutside(tags[i]) || Label(tags[i]) != Label(tags[i - 1]) || (_prefixed && IsOf(Begins, tags[i]))
                || (_prefixed && IsOf(Ends, tags[i - 1]))))
            {
                yield return (Label(tags[open]), open, i - 1);
                open = -1;
            }

            if (open < 0 && !IsOutside(tags[i])) open = i;
        }

        if (open >= 0) yield return (Label(tags[open]), open, tags.Count - 1);
    }

    private string Label(string tag) => _prefixed ? tag[2..] : tag;

    private static bool IsOf(string prefixes, string tag) => prefixes.Contains(tag[0], StringComparison.Ordinal);

    private static bool IsPrefixed(string tag) =>
        tag.Length > 2 && tag[1] is '-' or '_' && Prefixes.Contains(tag[0], StringComparison.Ordinal);

    private static bool IsOutside(string tag) => tag is "O" or "o" or "" or "_" or "-";
}
