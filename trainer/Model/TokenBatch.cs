using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>The inputs of one step.</summary>
/// <param name="Ids">Vocabulary ids, Int64 [batch, tokens].</param>
/// <param name="Mask">True for real tokens, Bool [batch, tokens]; <c>null</c> where nothing is padded, which saves the masking.</param>
/// <param name="Types">Segments, Int64 [batch, tokens]; <c>null</c> where every segment is 0.</param>
internal sealed record TokenBatch(Tensor Ids, Tensor? Mask, Tensor? Types)
{
    /// <summary>Builds a batch on a device, padded to its longest member.</summary>
    public static TokenBatch Create(IReadOnlyList<int[]> ids, IReadOnlyList<int[]> types, int padId, Device device)
    {
        var longest = ids.Max(row => row.Length);
        var padded = ids.Any(row => row.Length < longest);
        var paired = types.Any(row => row.AsSpan().ContainsAnyExcept(0));
        long[] shape = [ids.Count, longest];
        return new TokenBatch(
            CreateIds(ids, padId, device),
            padded ? tensor(Pad(ids, longest, _ => true, false), shape, device: device) : null,
            paired ? tensor(Pad(types, longest, type => (long)type, 0), shape, device: device) : null);
    }

    /// <summary>Some rows of the batch, padded as it is.</summary>
    /// <param name="rows">Rows, Int64 [rows].</param>
    public TokenBatch Rows(Tensor rows) => new(Ids.index_select(0, rows), Mask?.index_select(0, rows), Types?.index_select(0, rows));

    /// <summary>Builds the ids alone.</summary>
    public static Tensor CreateIds(IReadOnlyList<int[]> ids, int padId, Device device)
    {
        var longest = ids.Max(row => row.Length);
        return tensor(Pad(ids, longest, id => (long)id, padId), [ids.Count, longest], device: device);
    }

    private static T[] Pad<T>(IReadOnlyList<int[]> rows, int longest, Func<int, T> convert, T padding)
    {
        var values = new T[rows.Count * longest];
        for (var row = 0; row < rows.Count; row++)
        {
            var start = row * longest;
            for (var i = 0; i < longest; i++)
                values[start + i] = i < rows[row].Length ? convert(rows[row][i]) : padding;
        }
        return values;
    }
}
