using Edge.Trainer.Common;
using Edge.Trainer.Data;

namespace Edge.Trainer.Distillation.Transfer;

/// <summary>Some of many utterances for each epoch: every one has its turn before one comes again, each round in another order.</summary>
/// <param name="texts">All utterances.</param>
/// <param name="count">Utterances an epoch.</param>
/// <param name="seed">Seed of the order.</param>
internal sealed class TextTurns(IReadOnlyList<LabelledUtterance> texts, int count, int seed)
{
    private int[] _order = [];
    private long _round = -1;

    /// <summary>The utterances of an epoch; they depend on its number alone, not on what was asked for before.</summary>
    public IEnumerable<LabelledUtterance> Of(int epoch)
    {
        for (var i = 0; i < count; i++)
        {
            var place = ((long)epoch * count) + i;
            if (_round != place / texts.Count)
                Shuffle(place / texts.Count);
            yield return texts[_order[place % texts.Count]];
        }
    }

    private void Shuffle(long round)
    {
        _order = [.. Enumerable.Range(0, texts.Count)];
        SeededRandom.For(seed, $"turn {round}").Shuffle(_order);
        _round = round;
    }
}
