using System.Runtime.CompilerServices;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>A dictionary of a pickle, in the order in which it was filled. The last value of a key counts, as in Python.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<object, int> _index = new(Keys.Instance);
    private readonly List<(object? Key, object? Value)> _items = [];

    /// <summary>Keys and values.</summary>
    public IReadOnlyList<(object? Key, object? Value)> Items => _items;

    /// <summary>Adds or replaces.</summary>
    public void Set(object? key, object? value)
    {
        if (_index.TryGetValue(key ?? this, out var index))
        {
            _items[index] = (key, value);
            return;
        }
        _index.Add(key ?? this, _items.Count);
        _items.Add((key, value));
    }

    // Strings and numbers by value; whatever else a pickle may use as a key, by identity: comparing contents could take for ever.
    private sealed class Keys : IEqualityComparer<object>
    {
        public static Keys Instance { get; } = new();

        public new bool Equals(object? left, object? right) =>
            left is string or long or bool ? left.Equals(right) : ReferenceEquals(left, right);

        public int GetHashCode(object value) => value is string or long or bool ? value.GetHashCode() : RuntimeHelpers.GetHashCode(value);
    }
}
