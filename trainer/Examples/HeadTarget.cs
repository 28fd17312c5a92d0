namespace Edge.Trainer.Examples;

/// <summary>What one head should answer; only the member of the head's kind is set, none where it was not annotated.</summary>
/// <param name="Label">Index of a <c>single</c> head's label, or <see cref="NotAnnotated"/>.</param>
/// <param name="Values">0 or 1 a label (<c>multi</c>), or one value (<c>score</c>).</param>
/// <param name="Tags">BIO tag a token (<c>span</c>), <see cref="NotAnnotated"/> for tokens outside the utterance.</param>
internal readonly record struct HeadTarget(int Label, float[]? Values, int[]? Tags)
{
    /// <summary>What cross-entropy leaves out: libtorch's default <c>ignore_index</c>.</summary>
    public const int NotAnnotated = -100;

    /// <summary>A head that was not annotated.</summary>
    public static HeadTarget None { get; } = new(NotAnnotated, null, null);
}
