using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Data.Stress;

/// <summary>Keys that lie beside each other.</summary>
internal sealed class Keyboard
{
    private readonly Dictionary<char, string> _neighbours =
        WordLists.Read("keyboard", "any").Select(line => line.Split(' ')).ToDictionary(line => line[0][0], line => line[1]);

    /// <summary>The neighbours of a letter's key, in its case; empty for what is no letter from a to z.</summary>
    public string Of(char letter) =>
        !_neighbours.TryGetValue(char.ToLowerInvariant(letter), out var keys) ? "" : char.IsUpper(letter) ? keys.ToUpperInvariant() : keys;
}
