namespace Microsoft.ML.Tokenizers;

public readonly struct EncodedToken(int id, string value, Range offset) : IEquatable<EncodedToken>
{
    public int Id { get; } = id;

    public string Value { get; } = value;

    /// <summary>In the normalized text, not in the input.</summary>
    public Range Offset { get; } = offset;

    public bool Equals(EncodedToken other) => Id == other.Id && Value == other.Value && Offset.Equals(other.Offset);

    public override bool Equals(object? obj) => obj is EncodedToken other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Id, Value, Offset);
}
