using System.Collections.ObjectModel;
using Edge.Bundles.Decoding;

namespace Edge.Trainer.Data;

/// <summary>
/// An utterance with its annotations, by head name. A head that is absent was not annotated: it adds nothing to the loss
/// and is not counted in evaluation. A span head with an empty list was annotated and has no entity.
/// </summary>
internal sealed record LabelledUtterance
{
    /// <summary>What the caller said; never empty.</summary>
    public required string Text { get; init; }

    /// <summary>Earlier turns, or the question to a reply; <c>null</c> without.</summary>
    public string? Context { get; init; }

    /// <summary>Label of each annotated <c>single</c> head.</summary>
    public IReadOnlyDictionary<string, string> Single { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Labels of each annotated <c>multi</c> head, none twice.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Multi { get; init; } =
        ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Value of each annotated <c>score</c> head, 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Entities of each annotated <c>span</c> head, in text order, not overlapping.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<EntitySpan>> Spans { get; init; } =
        ReadOnlyDictionary<string, IReadOnlyList<EntitySpan>>.Empty;

    /// <summary>True where any head is annotated.</summary>
    public bool IsAnnotated => Single.Count + Multi.Count + Scores.Count + Spans.Count > 0;

    /// <summary>File the utterance was read from; empty for generated ones.</summary>
    public string File { get; init; } = "";

    /// <summary>Line in <see cref="File"/>, from 1.</summary>
    public int Line { get; init; }

    /// <summary>The words alone, without annotations: equal where the same was said in answer to the same.</summary>
    public (string Text, string? Context) Words => (Text, Context);

    /// <summary>The utterance that this is a variant of; <c>null</c> for what was really said.</summary>
    public LabelledUtterance? Original { get; init; }

    /// <summary>What was really said: the original of a variant, otherwise this.</summary>
    public LabelledUtterance Said() => Original ?? this;
}
