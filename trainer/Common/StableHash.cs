namespace Edge.Trainer.Common;

/// <summary>A hash of text that is the same in every process (FNV-1a, 64 bits), unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    /// <summary>Hash of the text's UTF-16 code units.</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * 1099511628211UL;
            hash = (hash ^ (byte)(unit >> 8)) * 1099511628211UL;
        }

        return hash;
    }
}
