using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that is enumerated in the order of insertion; a replaced value keeps its place.</summary>
public class OrderedDict<TKey, TValue> : IEnumerable<(TKey, TValue)> where TKey : notnull
{
    private readonly List<TKey> _keys = [];
    private readonly Dictionary<TKey, TValue> _values = [];

    public int Count => _keys.Count;

    public IEnumerable<TKey> Keys => _keys;

    public TValue this[TKey key]
    {
        get => _values[key];
        set
        {
            if (!_values.ContainsKey(key))
                _keys.Add(key);
            _values[key] = value;
        }
    }

    public bool TryAdd(TKey key, TValue value)
    {
        if (!_values.TryAdd(key, value))
            return false;
        _keys.Add(key);
        return true;
    }

    public void Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value))
            throw new ArgumentException($"An item with the same key has already been added. Key: {key}");
    }

    public bool Remove(TKey key) => _values.Remove(key) && _keys.Remove(key);

    public bool ContainsKey(TKey key) => _values.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value);

    public void clear()
    {
        _keys.Clear();
        _values.Clear();
    }

    /// <summary>Sets the value, or removes the key where there is none.</summary>
    internal void Put(TKey key, TValue? value)
    {
        if (value is null)
            Remove(key);
        else
            this[key] = value;
    }

    public IEnumerator<(TKey, TValue)> GetEnumerator()
    {
        foreach (var key in _keys)
            yield return (key, _values[key]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
