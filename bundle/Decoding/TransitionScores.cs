using System.Runtime.CompilerServices;
using Edge.Bundles.Tasks;

namespace Edge.Bundles.Decoding;

/// <summary>Transitions as decoding goes through them. Computed once for each <see cref="TagTransitions"/>.</summary>
internal sealed class TransitionScores
{
    private static readonly ConditionalWeakTable<TagTransitions, TransitionScores> Known = [];

    private volatile TagPotentials? _potentials;

    private TransitionScores(TagTransitions transitions) => Pairs = new TagPairs(transitions.Unseen, transitions.Seen);

    /// <summary>The bonuses.</summary>
    public TagPairs Pairs { get; }

    /// <summary>Number of tags.</summary>
    public int TagCount => Pairs.Unseen.Length;

    /// <summary>Those of a head.</summary>
    /// <param name="transitions">Its transitions; <c>null</c>: all orders that BIO allows alike.</param>
    /// <param name="tags">Number of tags.</param>
    public static TransitionScores Of(TagTransitions? transitions, int tags) => transitions is null
        ? new TransitionScores(TagTransitions.Alike(tags))
        : Known.GetValue(transitions, static known => new TransitionScores(known));

    /// <summary>The transitions as factors at a temperature. A head has one temperature, so the last one is kept.</summary>
    public TagPotentials At(float temperature)
    {
        var potentials = _potentials;
        if (potentials is null || potentials.Temperature != temperature)
            _potentials = potentials = new TagPotentials(Pairs, temperature);
        return potentials;
    }
}
