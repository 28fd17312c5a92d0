using Edge.Appliance.Analysis;

namespace Edge.Appliance.UncertainCases;

/// <summary>An utterance with its answer.</summary>
/// <param name="Line">Line that it came from.</param>
/// <param name="Utterance">The utterance.</param>
/// <param name="Analyzed">What the bundle says of it.</param>
/// <param name="Details">What the answer says besides.</param>
/// <param name="ReceivedAt">When it was received.</param>
internal readonly record struct AnsweredUtterance(
    string Line, Utterance Utterance, AnalyzedUtterance Analyzed, AnswerDetails Details, DateTimeOffset ReceivedAt);
