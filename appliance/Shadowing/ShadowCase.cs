namespace Edge.Appliance.Shadowing;

/// <summary>An utterance on which two bundles differ, personal data masked.</summary>
/// <param name="Line">Line it came from.</param>
/// <param name="UtteranceId">Id in the answer.</param>
/// <param name="Text">The masked text.</param>
/// <param name="Context">The masked context.</param>
/// <param name="Heads">Heads that differ.</param>
/// <param name="Before">The answer that was sent, over the masked text.</param>
/// <param name="After">The candidate's, over the masked text.</param>
/// <param name="ReceivedAt">When the utterance was received.</param>
internal sealed record ShadowCase(
    string Line, string UtteranceId, string Text, string? Context, IReadOnlyList<string> Heads, string Before, string After,
    DateTimeOffset ReceivedAt);
