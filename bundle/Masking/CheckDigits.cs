namespace Edge.Bundles.Masking;

/// <summary>Check digits of cards.</summary>
internal static class CheckDigits
{
    private static ReadOnlySpan<int> IdentityWeights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Luhn sum (ISO/IEC 7812) of digits, the check digit included; 0 where it is right.</summary>
    public static int Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var (doubled, value) = ((digits.Length - i) % 2 == 0, digits[i] - '0');
            sum += doubled ? (2 * value / 10) + (2 * value % 10) : value;
        }

        return sum % 10;
    }

    /// <summary>Value of the check character (ISO 7064 MOD 11-2) of the 17 digits of an identity card; 10 is written X.</summary>
    public static int IdentityCheck(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < IdentityWeights.Length; i++)
            sum += (digits[i] - '0') * IdentityWeights[i];
        return (12 - (sum % 11)) % 11;
    }
}
