using Edge.Trainer.Data.Augmentation;

namespace Edge.Trainer.Data.Stress;

/// <summary>Characters that may be taken for each other; a line of the list is a group, and a character may be in several.</summary>
internal sealed class CharacterGroups
{
    private readonly Dictionary<char, char[]> _others;

    /// <param name="name">Name of the list.</param>
    /// <param name="language">Its language.</param>
    public CharacterGroups(string name, string language) =>
        _others = WordLists.Read(name, language)
            .Select(line => line.Where(unit => unit != ' ').ToArray())
            .SelectMany(group => group.Select(unit => (Unit: unit, Others: group.Where(other => other != unit))))
            .GroupBy(entry => entry.Unit)
            .ToDictionary(entries => entries.Key, entries => entries.SelectMany(entry => entry.Others).Distinct().ToArray());

    /// <summary>What a character may be taken for; nothing where it is in no group.</summary>
    public IReadOnlyList<char> Of(string character) =>
        character.Length == 1 && _others.TryGetValue(character[0], out var others) ? others : [];
}
