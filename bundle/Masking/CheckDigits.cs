namespace Edge.Bundles.Masking;

/// <summary>Check digits of cards.</summary>
internal static class CheckDigits
{
    private static ReadOnlySpan<int> IdentityWeights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Luhn sum (ISO/IEC 7812) of digit values, the check digit included; 0 where it is right.</summary>
    public static int Luhn(ReadOnlySpan<int> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var doubled = (digits.Length - i) % 2 == 0;
            sum += doubled ? (2 * digits[i] / 10) + (2 * digits[i] % 10) : digits[i];
        }

        return sum % 10;
    }

    /// <summary>Value of the check character (ISO 7064 MOD 11-2) of the 17 digits of an identity card; 10 is written X.</summary>
    public static int IdentityCheck(ReadOnlySpan<int> digits)
    {
        var sum = 0;
        for (var i = 0; i < IdentityWeights.Length; i++)
            sum += digits[i] * IdentityWeights[i];
        return (12 - (sum % 11)) % 11;
    }
}
