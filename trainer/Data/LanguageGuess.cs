namespace Edge.Trainer.Data;

/// <summary>Guesses the language of utterances from their script: good enough to name a task, never used to treat text differently.</summary>
internal static class LanguageGuess
{
    /// <summary><c>zh</c> where most letters are Han, else <c>en</c>.</summary>
    public static string Of(IEnumerable<string> texts)
    {
        var (han, other) = (0L, 0L);
        foreach (var text in texts)
        {
            foreach (var rune in text.EnumerateRunes())
            {
                if (Han.Is(rune.Value)) han++;
                else if (System.Text.Rune.IsLetter(rune)) other++;
            }
        }

        // A Han character carries about as much as three Latin letters.
        return han * 3 > other ? "zh" : "en";
    }
}
