using System.Globalization;

namespace Edge.Bundles.Masking;

/// <summary>Makes substitutes in a normal form: other digits for digits, other letters for letters, everything else as it was.</summary>
internal static class Substitutes
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    // Plates have neither I nor O; D and F stand for new energy and are not handed out to others.
    private const string PlateLetters = "abceghjklmnpqrstuvwxyz";

    private static readonly int[] Provinces =
        [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65];

    /// <summary>Replaces a range of a normal form.</summary>
    /// <param name="form">The text.</param>
    /// <param name="item">The range and what it is.</param>
    /// <param name="random">Random numbers.</param>
    /// <returns>As many characters as the range has.</returns>
    public static char[] Make(NormalForm form, MaskedItem item, KeyedRandom random)
    {
        var place = form.Text[item.Start..item.End].ToCharArray();
        switch (item.Kind)
        {
            case PersonalDataKind.Email:
                Email(place, random);
                break;
            case PersonalDataKind.Plate:
                Plate(place, random);
                break;
            case PersonalDataKind.AddressNumber:
                AddressNumber(place, random);
                break;
            case PersonalDataKind.BirthDate:
                BirthDate(place, random);
                break;
            case PersonalDataKind.IdentityCard:
                Identity(place, random);
                break;
            case PersonalDataKind.BankCard:
                Put(place, BankCard(DigitsOf(place), random));
                break;
            case PersonalDataKind.Phone:
                Put(place, Phone(form.Text, item.Start, DigitsOf(place), random));
                break;
            case PersonalDataKind.Account:
                Others(place, Letters, random);
                break;
        }
        // A card's check digit is worth more than the form.
        if (item.Kind is not (PersonalDataKind.BankCard or PersonalDataKind.IdentityCard))
            KeepForms(form, item, place);
        return place;
    }

    /// <summary>The digits of a normal form.</summary>
    public static char[] DigitsOf(ReadOnlySpan<char> text)
    {
        List<char> digits = [];
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
                digits.Add(character);
        }
        return [.. digits];
    }

    // Trunk 0 with a big city's code, country code and the 1 of mobiles stay: they say what kind of number it is, not whose.
    private static char[] Phone(string text, int start, char[] digits, KeyedRandom random)
    {
        var hasPlus = text[start] == '+' || text.AsSpan(start, Math.Min(3, text.Length - start)).Contains('+');
        var written = new string(digits);
        var code = PhoneRules.CountryCodeLength(written, hasPlus);
        var kept = digits switch
        {
            [.., _] when code > 0 => code + (written.AsSpan(code).StartsWith("1") ? 1 : 0),
            ['8', '6', '1', ..] when digits.Length == 13 => 3,
            ['0', '1', ..] when digits.Length == 12 => 2,
            ['0', '1' or '2', ..] when digits.Length >= 10 => 3,
            ['0' or '1', ..] => 1,
            _ => 0,
        };
        for (var i = kept; i < digits.Length; i++)
            digits[i] = Digit(i == kept ? 3 + random.Next(7) : random.Next(10));
        // North American numbers: the exchange does not start with 0 or 1 either.
        if (digits.Length is 10 or 11 && digits.Length - 10 == kept && kept + 3 < digits.Length)
            digits[kept + 3] = Digit(2 + random.Next(8));
        return digits;
    }

    // 三个八 stays one digit three times, "eight hundred" hundreds, "twenty two" a number of two digits.
    private static void KeepForms(NormalForm form, MaskedItem item, char[] place)
    {
        for (var unit = form.UnitOf(item.Start); unit < form.Units.Count && form.Units[unit].At < item.End; unit++)
        {
            var part = place.AsSpan(form.Units[unit].At - item.Start, form.Units[unit].Length);
            if (form.Units[unit].Form == UnitForm.Repeat)
                part.Fill(part[0]);
            else if (form.Units[unit].Form == UnitForm.Words && part.Length == 3)
                part[1..].Fill('0');
            if (form.Units[unit].Form == UnitForm.Words && part.Length > 1 && part[0] == '0')
                part[0] = '2';
        }
    }

    private static char[] BankCard(char[] digits, KeyedRandom random)
    {
        // The first two name the network.
        var isCard = digits.Length >= 12;
        for (var i = isCard ? 2 : 0; i < digits.Length; i++)
            digits[i] = Digit(random.Next(10));
        if (isCard)
        {
            digits[^1] = '0';
            digits[^1] = Digit((10 - CheckDigits.Luhn(digits)) % 10);
        }
        return digits;
    }

    private static void Identity(char[] place, KeyedRandom random)
    {
        var digits = DigitsOf(place);
        var letters = place.Count(char.IsAsciiLetter);
        if (digits.Length != 18 && !(digits.Length == 17 && (letters > 0 || place[^1] == '叉')))
        {
            Others(place, Letters, random);
            return;
        }
        // X stays X and a digit a digit; every check character is reached by some serial, so this ends soon.
        while (true)
        {
            var written = $"{Provinces[random.Next(Provinces.Length)]}{random.Next(10_000):D4}"
                + $"{1950 + random.Next(56)}{1 + random.Next(12):D2}{1 + random.Next(28):D2}{random.Next(1_000):D3}";
            var check = CheckDigits.IdentityCheck(written);
            if ((digits.Length == 17) != (check == 10))
                continue;
            Put(place, digits.Length == 17 ? written : $"{written}{check}");
            return;
        }
    }

    // The top-level domain stays, and so does what is said for the signs, so that it still is an address.
    private static void Email(char[] place, KeyedRandom random)
    {
        var text = new string(place);
        var topLevel = Math.Max(text.LastIndexOfAny(['.', '点']), text.LastIndexOf("dot", StringComparison.Ordinal));
        // What a model calls an address may have none.
        for (var at = 0; at < (topLevel < 0 ? place.Length : topLevel); at++)
        {
            if (SpokenSign(text, at) is var length and > 0)
                at += length - 1;
            else
                place[at] = Other(place[at], Letters, random);
        }
    }

    private static int SpokenSign(string text, int at)
    {
        if (at > 0 && char.IsAsciiLetter(text[at - 1]))
            return 0;
        foreach (var word in (ReadOnlySpan<string>)["dot", "at", "underscore"])
        {
            var end = at + word.Length;
            if (string.CompareOrdinal(text, at, word, 0, word.Length) == 0 && (end == text.Length || !char.IsAsciiLetter(text[end])))
                return word.Length;
        }
        // 圈a
        return text[at] == '圈' ? 2 : 0;
    }

    private static void Plate(char[] place, KeyedRandom random)
    {
        // Province and office letter stay: they say where the car is registered, not whose it is.
        var office = Array.FindIndex(place, char.IsAsciiLetter);
        for (var at = office + 1; at < place.Length; at++)
        {
            if (place[at] is not ('d' or 'f'))
                place[at] = Other(place[at], PlateLetters, random);
        }
    }

    private static void AddressNumber(char[] place, KeyedRandom random)
    {
        var changed = false;
        for (var i = 0; i < place.Length; i++)
        {
            if (!char.IsAsciiDigit(place[i]) && !(char.IsAsciiLetter(place[i]) && place.Length > 4))
                continue;
            var isFirst = i == 0 || !char.IsAsciiDigit(place[i - 1]);
            place[i] = char.IsAsciiDigit(place[i]) && isFirst ? Digit(1 + random.Next(9)) : Other(place[i], Letters, random);
            changed = true;
        }

        // 十 alone has no digit to change.
        if (!changed && place[^1] is '十' or '百')
            place[^1] = Digit(1 + random.Next(9));
    }

    // A date again: months and days from 1 to 12, years of the same century.
    private static void BirthDate(char[] place, KeyedRandom random)
    {
        for (var at = 0; at < place.Length; at++)
        {
            if (!char.IsAsciiDigit(place[at]))
                continue;
            var end = at;
            while (end < place.Length && char.IsAsciiDigit(place[end]))
                end++;
            var group = place.AsSpan(at, end - at);
            var isBesideTen = (at > 0 && place[at - 1] == '十') || (end < place.Length && place[end] == '十');
            var written = group.Length switch
            {
                8 => string.Create(CultureInfo.InvariantCulture,
                    $"{group[0]}{group[1]}{random.Next(100):D2}{1 + random.Next(12):D2}{1 + random.Next(28):D2}"),
                4 => string.Create(CultureInfo.InvariantCulture, $"{group[0]}{group[1]}{random.Next(100):D2}"),
                2 when end < place.Length && place[end] == '年' => $"{random.Next(100):D2}",
                2 => $"{1 + random.Next(12):D2}",
                1 => $"{1 + random.Next(isBesideTen ? 2 : 9)}",
                _ => string.Concat(group.ToArray().Select(_ => random.Next(10))),
            };
            written.CopyTo(group);
            at = end;
        }
    }

    private static void Others(char[] place, string letters, KeyedRandom random)
    {
        for (var at = 0; at < place.Length; at++)
            place[at] = Other(place[at], letters, random);
    }

    private static void Put(char[] place, ReadOnlySpan<char> digits)
    {
        var next = 0;
        foreach (ref var character in place.AsSpan())
        {
            if (char.IsAsciiDigit(character))
                character = digits[next++];
        }
    }

    private static char Other(char character, string letters, KeyedRandom random) =>
        char.IsAsciiDigit(character) ? Digit(random.Next(10))
        : char.IsAsciiLetter(character) ? letters[random.Next(letters.Length)]
        : character;

    private static char Digit(int value) => (char)('0' + value);
}
