using System.Runtime.CompilerServices;

namespace Edge.Trainer.Common;

/// <summary>Numbers for features ("hashing trick", Weinberger et al. 2009): no dictionary of features has to be kept.</summary>
internal static class FeatureHash
{
    /// <summary>A word's hash.</summary>
    public static ulong Of(string word) => StableHash.Of(word);

    /// <summary>Joins two hashes; the order matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Join(ulong left, ulong right)
    {
        // The finisher of splitmix64 over a sum that is not symmetric.
        var mixed = (left * 0x9E3779B97F4A7C15) + right;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
