namespace Edge.Bundles.Tokenization;

/// <summary>
/// Where entities may begin and end in a text: not within a run of digits or of letters (<see cref="EncodedUtterance.Joined"/>).
/// </summary>
public static class WordRuns
{
    /// <summary>True where no entity can begin or end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">A place between two UTF-16 units; the text's ends are never within a run.</param>
    public static bool IsWithin(string text, int at)
    {
        ArgumentNullException.ThrowIfNull(text);
        return at > 0 && at < text.Length
            && (CharacterKinds.AreJoined(text[at - 1], text[at]) || CharacterKinds.IsInsideNumber(text, at));
    }
}
