using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Shadowing;

/// <summary>Whether two bundles say the same of an utterance, head by head.</summary>
internal static class HeadComparison
{
    // Two models never give the same number.
    private const float ScoreTolerance = 0.05f;

    /// <summary>Whether two predictions of a head agree.</summary>
    public static bool Agree(HeadKind kind, in HeadPrediction one, in HeadPrediction other) => kind switch
    {
        HeadKind.Single => one.Label == other.Label,
        HeadKind.Multi => one.Labels.Order(StringComparer.Ordinal).SequenceEqual(other.Labels.Order(StringComparer.Ordinal)),
        HeadKind.Score => Math.Abs((one.Score ?? 0) - (other.Score ?? 0)) <= ScoreTolerance,
        _ => one.Spans.Select(Place).SequenceEqual(other.Spans.Select(Place)),
    };

    /// <summary>A prediction in words that can be counted: labels, of entities without their places; empty for a score.</summary>
    public static string Describe(HeadKind kind, in HeadPrediction prediction) => kind switch
    {
        HeadKind.Single => prediction.Label ?? "",
        HeadKind.Multi => string.Join(", ", prediction.Labels.Order(StringComparer.Ordinal)),
        HeadKind.Score => "",
        _ => string.Join(", ", prediction.Spans.Select(span => span.Label).Order(StringComparer.Ordinal)),
    };

    private static (string, int, int) Place(EntitySpan span) => (span.Label, span.Start, span.End);
}
