namespace Edge.Appliance.Configuration;

/// <summary>What an unknown key was probably meant to be.</summary>
internal static class KeySuggestion
{
    /// <summary>A remedy for an unknown key.</summary>
    public static string For(string key, IReadOnlyList<string> known)
    {
        var nearest = known.MinBy(candidate => Distance(key, candidate))!;
        if (known.FirstOrDefault(candidate => candidate.StartsWith(key, StringComparison.OrdinalIgnoreCase)) is { } longer)
            nearest = longer;
        else if (Distance(key, nearest) > Math.Max(2, key.Length / 3))
            return "remove it (docs/reference/settings.md lists all options)";
        return $"did you mean {nearest}?";
    }

    /// <summary>Levenshtein distance, case ignored.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
