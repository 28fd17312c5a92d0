namespace Edge.Bench;

/// <summary>One line of the result: a precision at a length.</summary>
/// <param name="Precision"><c>int8</c> or <c>fp32</c>.</param>
/// <param name="Characters">Characters of the utterance.</param>
/// <param name="Count">Utterances measured.</param>
/// <param name="LatencyMs">From text to decoded answer, one thread, closed loop.</param>
internal sealed record ModelRow(string Precision, int Characters, int Count, Percentiles LatencyMs);
