using Edge.Bundles.Common;
using Edge.Trainer.Common;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Trainer.Model;

/// <summary>
/// How the models of a run compute. MatMuls may run in bfloat16, everything between them stays in single precision;
/// dropout on a processor takes its masks from a pool.
/// </summary>
internal sealed class BertCompute : IDisposable
{
    // libtorch draws a dropout mask one number at a time: 1.5 ms for 512 x 312 values, more than the MatMul beside it.
    // A random window of 4 M values that were drawn once takes 0.1 ms.
    private const int PoolSize = 1 << 22;

    private readonly int _seed;
    private readonly Dictionary<double, Tensor> _pools = [];

    /// <summary>Creates the settings of a run.</summary>
    /// <param name="bfloat16">Whether MatMuls run in bfloat16; <see cref="BFloat16IsFaster"/> tells.</param>
    /// <param name="seed">Seed of the dropout masks.</param>
    public BertCompute(bool bfloat16, int seed)
    {
        BFloat16 = bfloat16;
        _seed = seed;
        Random = new ResumableRandom(seed);
    }

    /// <summary>True where MatMuls run in bfloat16, unless <see cref="Exact"/> is set.</summary>
    public bool BFloat16 { get; }

    /// <summary>Draws the windows.</summary>
    public ResumableRandom Random { get; }

    /// <summary>What layers carry beside their weights while a phase trains.</summary>
    public LayerOverrides Overrides { get; } = new();

    /// <summary>Everything in single precision, for measuring and for comparing with an exported file.</summary>
    public bool Exact { get; set; }

    /// <summary>
    /// Whether this processor multiplies bfloat16 in hardware; then MatMuls of it are faster, the conversions included (1.8 times with
    /// AVX512_BF16). A property of the processor and no measurement, so that a busy moment does not change what a run computes.
    /// </summary>
    public static bool BFloat16IsFaster() => ProcessorInfo.Has("avx512_bf16") || ProcessorInfo.Has("amx_bf16");

    /// <summary>input × weightᵀ + bias, for the last dimension.</summary>
    public Tensor Linear(Tensor input, Tensor weight, Tensor bias)
    {
        if (!BFloat16 || Exact)
            return F.linear(input, weight, bias);
        using var scope = NewDisposeScope(); // what the gradient does not need is freed here, not at the end of the step
        var product = F.linear(input.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16));
        return product.to(ScalarType.Float32).Plus(bias).MoveToOuterDisposeScope();
    }

    /// <summary>The same with a module's parameters.</summary>
    public Tensor Linear(Tensor input, Linear module) =>
        Overrides.IsEmpty ? Linear(input, module.weight!, module.bias!) : Overrides.Apply(input, module, this);

    /// <summary>Rows of a table, [batch, tokens, width].</summary>
    public Tensor Lookup(Embedding table, Tensor ids) => Overrides.IsEmpty ? table.call(ids) : Overrides.Rows(table, ids);

    /// <summary>MatMul of [batch, rows, inner] and [batch, inner, columns].</summary>
    public Tensor Multiply(Tensor left, Tensor right)
    {
        if (!BFloat16 || Exact)
            return left.bmm(right);
        using var scope = NewDisposeScope();
        return left.to(ScalarType.BFloat16).bmm(right.to(ScalarType.BFloat16)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Zeroes a share of the values in training, and scales the others up.</summary>
    public Tensor Dropout(Tensor input, double rate, bool training)
    {
        if (!training || rate == 0)
            return input;
        var count = input.numel();
        if (input.device_type != DeviceType.CPU || count > PoolSize / 2)
            return F.dropout(input, rate, training);
        return input * Pool(rate).narrow(0, Random.Next((int)(PoolSize - count)), count).view(input.shape);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pool in _pools.Values)
            pool.Dispose();
        _pools.Clear();
    }

    private Tensor Pool(double rate)
    {
        if (_pools.TryGetValue(rate, out var pool))
            return pool;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)_seed); // of its own: a resumed run has the same pool without drawing all else
        pool = rand(PoolSize, generator: generator).ge(Scalars.Of(rate)).to(ScalarType.Float32).div(Scalars.Of(1 - rate));
        return _pools[rate] = pool.DetachFromDisposeScope();
    }
}
