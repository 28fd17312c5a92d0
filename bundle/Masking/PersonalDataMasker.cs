using System.Security.Cryptography;
using Edge.Bundles.Decoding;

namespace Edge.Bundles.Masking;

/// <summary>
/// Replaces personal data by substitutes of the same form (telephone number by telephone number, card by card with a right check
/// digit, name by name), so that masked text still trains entities. Safe for use by several threads.
/// </summary>
/// <remarks>
/// The same original gets the same substitute under the same key, however it is written, and no original can be found from its
/// substitute without the key. Rules find what has a known form; names and addresses are found by a model, whose spans are given.
/// </remarks>
public sealed class PersonalDataMasker
{
    // Nearly all first substitutes are right. What is tried for is that a reader finds the same kinds again; in a long text there
    // is more to find, and less time for it.
    private const int Attempts = 64, LongText = 400, AttemptsForLongText = 4;

    private readonly byte[] _key;

    /// <summary>Creates a masker with a random key of its own: its substitutes cannot be compared with those of others.</summary>
    public PersonalDataMasker()
        : this(RandomNumberGenerator.GetBytes(32))
    {
    }

    /// <summary>Creates a masker.</summary>
    /// <param name="key">Secret key, at least 16 bytes.</param>
    public PersonalDataMasker(ReadOnlySpan<byte> key)
    {
        if (key.Length < 16)
            throw new ArgumentException($"The key has {key.Length} bytes; use at least 16.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Masks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="spans">
    /// Entities of the text; those whose label names personal data (<see cref="PersonalLabels"/>) are masked too.
    /// </param>
    public MaskedText Mask(string text, IEnumerable<EntitySpan>? spans = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var form = Normalizer.Normalize(text);
        var found = PersonalDataDetector.Find(form);
        var items = found.ConvertAll(item => InSource(form, item));
        var given = SpanItems.Of(text, spans);
        if (given.Count > 0)
            items = SpanItems.Merge(items, given);
        if (items.Count == 0)
            return new MaskedText { Text = text, Items = items };

        var most = text.Length > LongText ? AttemptsForLongText : Attempts;
        for (var attempt = 1; ; attempt++)
        {
            var masked = Substitution.Write(form, items, _key, attempt);
            if (given.Count > 0 || attempt >= most || FindsTheSame(masked))
                return masked;
        }
    }

    private static bool FindsTheSame(MaskedText masked)
    {
        var form = Normalizer.Normalize(masked.Text);
        var found = PersonalDataDetector.Find(form);
        if (found.Count != masked.Items.Count)
            return false;
        for (var i = 0; i < found.Count; i++)
        {
            var (start, end) = masked.Place(masked.Items[i].Start, masked.Items[i].End);
            if (InSource(form, found[i]) != new MaskedItem(masked.Items[i].Kind, start, end))
                return false;
        }
        return true;
    }

    private static MaskedItem InSource(NormalForm form, MaskedItem item)
    {
        var (start, end) = form.Place(item.Start, item.End);
        return new MaskedItem(item.Kind, start, end);
    }
}
