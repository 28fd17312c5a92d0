using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>
/// A frozen matrix in 8 bits: blocks of up to 64 neighbours of a row share one scale, their largest magnitude / 127
/// (blockwise absmax quantization, Dettmers et al. 2022).
/// </summary>
internal sealed class EightBitMatrix : IDisposable
{
    private const int LongestBlock = 64;
    private readonly Tensor _values; // Int8 [rows, blocks, block]
    private readonly Tensor _scales; // Float32 [rows, blocks, 1]
    private readonly long _rows;
    private readonly long _columns;

    /// <summary>Quantizes a matrix, [rows, columns].</summary>
    public EightBitMatrix(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        (_rows, _columns) = (matrix.shape[0], matrix.shape[1]);
        var block = BlockOf(_columns);
        var blocks = matrix.detach().view(_rows, _columns / block, block);
        var largest = blocks.abs().amax([-1], true);
        _scales = where(largest.gt(Scalars.Of(0)), largest.div(Scalars.Of(127)), ones_like(largest)).DetachFromDisposeScope();
        _values = (blocks / _scales).round().to(ScalarType.Int8).DetachFromDisposeScope();
    }

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => _values.numel() + (_scales.numel() * sizeof(float));

    /// <summary>The matrix in single precision, [rows, columns].</summary>
    public Tensor Dequantize() => (_values.to(ScalarType.Float32) * _scales).view(_rows, _columns);

    /// <summary>Some rows in single precision.</summary>
    /// <param name="ids">Numbers of rows, Int64 [batch, tokens].</param>
    /// <returns>[batch, tokens, columns].</returns>
    public Tensor Rows(Tensor ids)
    {
        var flat = ids.reshape(-1);
        var rows = _values.index_select(0, flat).to(ScalarType.Float32) * _scales.index_select(0, flat);
        return rows.view(ids.shape[0], ids.shape[1], _columns);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _scales.Dispose();
    }

    // The widest block that divides a row, so that rows can be read by themselves.
    private static long BlockOf(long columns)
    {
        var block = Math.Min(LongestBlock, columns);
        while (columns % block != 0)
            block--;
        return block;
    }
}
