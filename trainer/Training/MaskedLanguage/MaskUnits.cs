using System.Text;

namespace Edge.Trainer.Training.MaskedLanguage;

/// <summary>
/// Which tokens are hidden together. All pieces of a word are one unit (whole-word masking, Devlin et al., note of May 2019;
/// Cui et al. 2021 for Chinese). Chinese has no spaces, so neighbouring characters that stand together far more often than by
/// chance are taken for a phrase: links of high pointwise mutual information are joined, the strongest first (Sproat and Shih
/// 1990), counted over the site's own text, so that no outside segmenter is needed. Hiding such phrases whole teaches more than
/// hiding characters that their neighbours give away (Levine et al. 2021, "PMI-Masking").
/// </summary>
internal sealed class MaskUnits
{
    /// <summary>Longest phrase in characters; MacBERT (Cui et al. 2020) hides runs of 1 to 4.</summary>
    public const int LongestPhrase = 4;

    // Sproat and Shih found 2.5 bits to part words from chance on 2.6 million characters; a pair seen less often than this says little.
    private const double LeastBits = 2.5;
    private const int FewestOccurrences = 3;

    private readonly bool[] _continues;
    private readonly bool[] _isHan;
    private readonly Dictionary<(int, int), double> _links;

    private MaskUnits(bool[] continues, bool[] isHan, Dictionary<(int, int), double> links)
    {
        _continues = continues;
        _isHan = isHan;
        _links = links;
    }

    /// <summary>Pairs of characters that are taken for parts of a phrase.</summary>
    public int Links => _links.Count;

    /// <summary>Learns phrases.</summary>
    /// <param name="pieces">The vocabulary, in the order of its ids.</param>
    /// <param name="texts">Ids of the texts.</param>
    public static MaskUnits Learn(IReadOnlyList<string> pieces, IEnumerable<int[]> texts)
    {
        bool[] isHan = [.. pieces.Select(IsHan)];
        var singles = new Dictionary<int, long>();
        var pairs = new Dictionary<(int, int), long>();
        var total = 0L;
        foreach (var ids in texts)
        {
            for (var i = 0; i < ids.Length; i++)
            {
                if (!isHan[ids[i]])
                    continue;
                total++;
                singles[ids[i]] = singles.GetValueOrDefault(ids[i]) + 1;
                if (i > 0 && isHan[ids[i - 1]])
                    pairs[(ids[i - 1], ids[i])] = pairs.GetValueOrDefault((ids[i - 1], ids[i])) + 1;
            }
        }

        var links = new Dictionary<(int, int), double>();
        foreach (var (pair, count) in pairs)
        {
            var bits = Math.Log2((double)count * total / ((double)singles[pair.Item1] * singles[pair.Item2]));
            if (count >= FewestOccurrences && bits >= LeastBits)
                links.Add(pair, bits);
        }
        return new MaskUnits(
            [.. pieces.Select(piece => piece.Length > 2 && piece.StartsWith("##", StringComparison.Ordinal))], isHan, links);
    }

    /// <summary>True for each token that is hidden together with the token before it.</summary>
    public bool[] Continues(int[] ids)
    {
        var result = new bool[ids.Length];
        var linked = new List<(double Bits, int At)>();
        for (var i = 1; i < ids.Length; i++)
        {
            result[i] = _continues[ids[i]];
            if (_isHan[ids[i]] && _isHan[ids[i - 1]] && _links.TryGetValue((ids[i - 1], ids[i]), out var bits))
                linked.Add((bits, i));
        }
        foreach (var (_, at) in linked.OrderByDescending(link => link.Bits).ThenBy(link => link.At))
        {
            var (first, last) = (at - 1, at);
            while (result[first])
                first--;
            while (last + 1 < ids.Length && result[last + 1])
                last++;
            result[at] = last - first < LongestPhrase;
        }
        return result;
    }

    private static bool IsHan(string piece) =>
        piece.Length > 0 && Rune.TryGetRuneAt(piece, 0, out var rune) && rune.Utf16SequenceLength == piece.Length
        && rune.Value is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x2FA1F);
}
