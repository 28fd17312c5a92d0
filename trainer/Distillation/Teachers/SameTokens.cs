using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>Utterances are the same where a model reads the same tokens: then it answers the same.</summary>
internal sealed class SameTokens : IEqualityComparer<EncodedUtterance>
{
    /// <inheritdoc/>
    public bool Equals(EncodedUtterance? x, EncodedUtterance? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null && x.Ids.AsSpan().SequenceEqual(y.Ids) && x.TypeIds.AsSpan().SequenceEqual(y.TypeIds));

    /// <inheritdoc/>
    public int GetHashCode(EncodedUtterance utterance)
    {
        var hash = new HashCode();
        foreach (var id in utterance.Ids)
            hash.Add(id);
        return hash.ToHashCode();
    }
}
