using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>
/// What each attention head adds to its scores for how far a token stands from the one that looks (Shaw et al. 2018, in the form of one
/// learned number a head and distance of Raffel et al. 2020); distances beyond the reach share the outermost number. Some heads start
/// by looking at one neighbour, as a convolution does (d'Ascoli et al. 2021): a model that starts from nothing finds out what
/// stands beside a word in a tenth of the steps. Training moves them as it likes.
/// </summary>
internal sealed class RelativePositions : nn.Module<long, Tensor>
{
    // e^7 is 1,100 times the weight of a token elsewhere.
    private const float Attraction = 7;

    private static readonly int[] Neighbours = [-1, 1, -2, 2, -3, 3];

    private readonly int _reach;
    private readonly long _heads;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    public RelativePositions(int reach, int heads)
        : base(nameof(RelativePositions))
    {
        (_reach, _heads) = (reach, heads);
        _weight = nn.Parameter(zeros(Distances(reach), heads)); // [2 · reach + 1, heads]
        RegisterComponents();
    }

    /// <summary>Distances that have numbers of their own: from reach tokens before to reach tokens after.</summary>
    public static int Distances(int reach) => (2 * reach) + 1;

    /// <summary>
    /// Sets the start of a layer: the first layer's heads look at the nearest neighbours, before and after; in the layers above half of
    /// them do. The others start without a preference.
    /// </summary>
    /// <param name="weight">[2 · reach + 1, heads].</param>
    /// <param name="layer">Number of the layer, from 0.</param>
    public static void Start(Tensor weight, int layer)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (reach, heads) = ((int)(weight.shape[0] - 1) / 2, (int)weight.shape[1]);
        var start = new float[weight.shape[0], heads];
        var neighbours = Neighbours.Where(neighbour => Math.Abs(neighbour) <= reach).Take(layer == 0 ? heads : heads / 2).ToArray();
        for (var head = 0; head < neighbours.Length; head++)
            start[reach + neighbours[head], head] = Attraction;
        weight.copy_(tensor(start));
    }

    /// <param name="tokens">Length of the batch.</param>
    /// <returns>[heads, tokens, tokens]; row: the token that looks.</returns>
    public override Tensor forward(long tokens)
    {
        using var scope = NewDisposeScope();
        var distances = arange(Scalars.Of(1 - tokens), Scalars.Of(tokens + 1), device: _weight.device)
            .clamp(Scalars.Of(-_reach), Scalars.Of(_reach)).add(Scalars.Of(_reach), Scalars.One);
        var rows = _weight.index_select(0, distances).transpose(0, 1).unsqueeze(1); // [heads, 1, 2 · tokens]
        // All rows alike, one after another; read from tokens - 1 on in steps one shorter, every row begins one distance earlier.
        var width = 2 * tokens;
        return rows.expand(_heads, tokens, width).reshape(_heads, tokens * width).narrow(1, tokens - 1, tokens * (width - 1))
            .view(_heads, tokens, width - 1).narrow(2, 0, tokens).MoveToOuterDisposeScope();
    }
}
