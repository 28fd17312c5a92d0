namespace Edge.Bundles.Masking;

/// <summary>Makes substitutes: other digits for digits, other letters for letters, everything else as it was.</summary>
internal static class Substitutes
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    // Plates have neither I nor O; D and F stand for new energy and are not handed out to others.
    private const string PlateLetters = "ABCEGHJKLMNPQRSTUVWXYZ";

    private static readonly int[] Provinces =
        [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65];

    /// <summary>Replaces one piece of personal data in place.</summary>
    public static void Replace(Span<char> place, PersonalDataKind kind, KeyedRandom random)
    {
        switch (kind)
        {
            case PersonalDataKind.Email:
                ReplaceEmail(place, random);
                break;
            case PersonalDataKind.Plate:
                ReplacePlate(place, random);
                break;
            case PersonalDataKind.AddressNumber:
                ReplaceAddressNumber(place, random);
                break;
            case PersonalDataKind.IdentityCard:
                ReplaceDigits(place, IdentityCard(place, random));
                break;
            case PersonalDataKind.BankCard:
                ReplaceDigits(place, BankCard(PersonalDataDetector.DigitsOf(new string(place)), random));
                break;
            case PersonalDataKind.Phone:
                ReplaceDigits(place, Phone(place, random));
                break;
        }
    }

    // Trunk 0, country code and the 1 of mobiles stay: they say what kind of number it is, not whose.
    private static int[] Phone(ReadOnlySpan<char> place, KeyedRandom random)
    {
        var digits = PersonalDataDetector.DigitsOf(new string(place));
        var kept = digits switch
        {
            [8, 6, 1, ..] when digits.Length == 13 => 3,
            _ when place[0] is '+' or '＋' => digits[0] == 1 ? 1 : 2,
            [0 or 1, ..] => 1,
            _ => 0,
        };
        for (var i = kept; i < digits.Length; i++)
            digits[i] = i == kept ? 3 + random.Next(7) : random.Next(10);
        return digits;
    }

    private static int[] BankCard(int[] digits, KeyedRandom random)
    {
        // The first two name the network.
        for (var i = 2; i < digits.Length - 1; i++)
            digits[i] = random.Next(10);
        digits[^1] = 0;
        digits[^1] = (10 - CheckDigits.Luhn(digits)) % 10;
        return digits;
    }

    private static int[] IdentityCard(ReadOnlySpan<char> place, KeyedRandom random)
    {
        // X stays X and a digit a digit; every check character is reached by some serial, so this ends soon.
        var endsInX = DigitForms.ValueOf(place[^1]) < 0;
        while (true)
        {
            var written = $"{Provinces[random.Next(Provinces.Length)]}{random.Next(10_000):D4}"
                + $"{1950 + random.Next(56)}{1 + random.Next(12):D2}{1 + random.Next(28):D2}{random.Next(1_000):D3}";
            var digits = PersonalDataDetector.DigitsOf(written);
            var check = CheckDigits.IdentityCheck(digits);
            if (endsInX == (check == 10))
                return endsInX ? digits : [.. digits, check];
        }
    }

    private static void ReplaceDigits(Span<char> place, int[] digits)
    {
        var next = 0;
        foreach (ref var character in place)
        {
            if (DigitForms.ValueOf(character) >= 0)
                character = DigitForms.DigitLike(character, digits[next++]);
        }
    }

    // The top-level domain stays, so that it still is an address.
    private static void ReplaceEmail(Span<char> place, KeyedRandom random)
    {
        var topLevel = place.LastIndexOfAny('.', '．');
        foreach (ref var character in place[..topLevel])
            character = Other(character, Letters, random);
    }

    private static void ReplacePlate(Span<char> place, KeyedRandom random)
    {
        // Province and office letter stay: they say where the car is registered, not whose it is.
        foreach (ref var character in place[2..])
        {
            if (character is not ('D' or 'd' or 'F' or 'f' or 'Ｄ' or 'ｄ' or 'Ｆ' or 'ｆ'))
                character = Other(character, PlateLetters, random);
        }
    }

    private static void ReplaceAddressNumber(Span<char> place, KeyedRandom random)
    {
        var changed = false;
        for (var i = 0; i < place.Length; i++)
        {
            if (DigitForms.ValueOf(place[i]) < 0)
                continue;
            place[i] = DigitForms.DigitLike(place[i], i == 0 ? 1 + random.Next(9) : random.Next(10));
            changed = true;
        }

        // 十 alone has no digit to change.
        if (!changed)
            place[0] = DigitForms.DigitLike(place[0], 1 + random.Next(9));
    }

    private static char Other(char character, string letters, KeyedRandom random)
    {
        if (DigitForms.ValueOf(character) >= 0)
            return DigitForms.DigitLike(character, random.Next(10));
        return char.IsLetter(character) && char.IsAscii(DigitForms.Fold(character))
            ? DigitForms.LetterLike(character, letters[random.Next(letters.Length)])
            : character;
    }
}
