using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data.Reading;

/// <summary>A head's value as it stands in a file, before it is known what the head is.</summary>
internal readonly record struct RawValue
{
    /// <summary>What the value's form says of the head; <c>null</c> where it leaves that open (an empty list, a CSV cell).</summary>
    public HeadKind? Kind { get; private init; }

    /// <summary>The label, the number as written, or the text of a CSV cell.</summary>
    public string Text { get; private init; }

    /// <summary>The labels of a list of strings.</summary>
    public IReadOnlyList<string>? Labels { get; private init; }

    /// <summary>The spans of a list of objects, not yet checked against the text.</summary>
    public IReadOnlyList<RawSpan>? Spans { get; private init; }

    /// <summary>True for <c>[]</c>, which is a list of either kind.</summary>
    public bool IsEmptyList => Kind is null && Labels is not null;

    /// <summary>True for a CSV cell, which may be a label, a number, or labels separated by semicolons.</summary>
    public bool IsCell => Kind is null && Labels is null;

    /// <summary>A label.</summary>
    public static RawValue Label(string label) => new() { Kind = HeadKind.Single, Text = label };

    /// <summary>A number.</summary>
    public static RawValue Number(string number) => new() { Kind = HeadKind.Score, Text = number };

    /// <summary>A list of labels.</summary>
    public static RawValue List(IReadOnlyList<string> labels) =>
        new() { Kind = labels.Count == 0 ? null : HeadKind.Multi, Text = "", Labels = labels };

    /// <summary>A list of spans.</summary>
    public static RawValue SpanList(IReadOnlyList<RawSpan> spans) => new() { Kind = HeadKind.Span, Text = "", Spans = spans };

    /// <summary>A CSV cell that is not a JSON list.</summary>
    public static RawValue Cell(string text) => new() { Text = text };

    /// <summary>How to call the value in a message.</summary>
    public string Describe() => Kind switch
    {
        HeadKind.Single => $"the string \"{Text}\"",
        HeadKind.Score => $"the number {Text}",
        HeadKind.Multi => "a list of strings",
        HeadKind.Span => "a list of {label, start, end}",
        _ => IsCell ? $"\"{Text}\"" : "an empty list",
    };
}
