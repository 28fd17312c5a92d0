using System.Security.Cryptography;

namespace Edge.Bundles.Masking;

/// <summary>
/// Replaces personal data by substitutes of the same form and length (telephone number by telephone number, card by card with a
/// right check digit), so that masked text still trains entities and spans keep their places. Safe for use by several threads.
/// </summary>
/// <remarks>
/// The same original gets the same substitute under the same key, and no original can be found from its substitute without the
/// key. Patterns find what is written in a known form; names and free descriptions of places stay as they are.
/// </remarks>
public sealed class PersonalDataMasker
{
    // Nearly all first substitutes are right. What is tried for is that a reader finds the same kinds again.
    private const int Attempts = 64;

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
    public MaskedText Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var items = PersonalDataDetector.Find(text);
        if (items.Count == 0)
            return new MaskedText { Text = text, Items = items };

        var masked = text.ToCharArray();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            foreach (var item in items)
                Replace(text, item, masked, attempt);
            if (PersonalDataDetector.Find(new string(masked)).SequenceEqual(items))
                break;
        }

        return new MaskedText { Text = new string(masked), Items = items };
    }

    // Goes on until the substitute differs; the first try nearly always does.
    private void Replace(string text, MaskedItem item, char[] masked, int attempt)
    {
        var original = text[item.Start..item.End];
        var place = masked.AsSpan(item.Start, original.Length);
        KeyedRandom random = new(_key, $"{item.Kind}/{DigitForms.Fold(original)}", attempt);
        do
        {
            original.CopyTo(place);
            Substitutes.Replace(place, item.Kind, random);
        }
        while (place.SequenceEqual(original));
    }
}
