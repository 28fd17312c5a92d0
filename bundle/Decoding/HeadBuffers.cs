using Edge.Bundles.Tasks;

namespace Edge.Bundles.Decoding;

/// <summary>Memory that one prediction after another of a head lies in. Not for use by two threads at once.</summary>
/// <param name="head">The head.</param>
public sealed class HeadBuffers(HeadDefinition head)
{
    /// <summary>Probability of each label.</summary>
    internal float[] Probabilities { get; } = head.Kind is HeadKind.Single or HeadKind.Multi ? new float[head.OutputCount] : [];

    /// <summary>How the tags of a <c>span</c> head follow each other.</summary>
    internal TransitionScores? Transitions { get; } = head.Kind == HeadKind.Span
        ? TransitionScores.Of(head.Transitions, head.OutputCount)
        : null;

    /// <summary>Labels of a <c>multi</c> head.</summary>
    internal List<string> Labels { get; } = [];

    /// <summary>Entities of a <c>span</c> head.</summary>
    internal List<EntitySpan> Spans { get; } = [];
}
