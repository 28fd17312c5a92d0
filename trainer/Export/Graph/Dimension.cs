namespace Edge.Trainer.Export.Graph;

/// <summary>One dimension of a shape: a size, or the name of a size that is known only when the model runs.</summary>
internal readonly record struct Dimension
{
    private Dimension(long size, string? name)
    {
        Size = size;
        Name = name;
    }

    /// <summary>The size; 0 where it has a name.</summary>
    public long Size { get; }

    /// <summary>The name, for example <c>batch</c>; <c>null</c> where the size is known.</summary>
    public string? Name { get; }

    /// <summary>Whether a tensor of this size repeats along a larger one.</summary>
    public bool IsOne => Name is null && Size == 1;

    public static implicit operator Dimension(long size) => new(size, null);

    public static implicit operator Dimension(string name) => new(0, name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"{Size}";
}
