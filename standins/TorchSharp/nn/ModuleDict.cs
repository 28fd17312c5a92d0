using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Modules by name, in the order of insertion. They register when the module that holds them does.</summary>
    public class ModuleDict<T> : Module, IDictionary<string, T>, IList<(string, T)> where T : Module
    {
        private readonly List<(string Name, T Module)> _list = [];
        private bool _registered;

        public ModuleDict() : base(nameof(ModuleDict))
        {
        }

        public int Count => _list.Count;

        public bool IsReadOnly => false;

        public ICollection<string> Keys => [.. _list.Select(pair => pair.Name)];

        public ICollection<T> Values => [.. _list.Select(pair => pair.Module)];

        public (string, T) this[int index] { get => _list[index]; set => _list[index] = value; }

        public T this[string key]
        {
            get => TryGetValue(key, out var module) ? module : throw new KeyNotFoundException($"The given key '{key}' was not present in the dictionary.");
            set
            {
                var index = IndexOf(key);
                if (index < 0)
                    _list.Add((key, value));
                else
                    _list[index] = (key, value);
            }
        }

        public IEnumerable<string> keys() => Keys;

        public IEnumerable<T> values() => Values;

        public IEnumerator<(string, T)> items() => GetEnumerator();

        public void Add(string key, T value)
        {
            if (IndexOf(key) >= 0)
                throw new ArgumentException($"An item with the same key has already been added. Key: {key}");
            _list.Add((key, value));
        }

        public void Add((string, T) item) => Add(item.Item1, item.Item2);

        public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

        public void Clear() => _list.Clear();

        public void clear() => Clear();

        public bool ContainsKey(string key) => IndexOf(key) >= 0;

        public bool Contains((string, T) item) => _list.Contains(item);

        public bool Contains(KeyValuePair<string, T> item) => _list.Contains((item.Key, item.Value));

        public void CopyTo((string, T)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex)
        {
            foreach (var (name, module) in _list)
                array[arrayIndex++] = new(name, module);
        }

        public int IndexOf((string, T) item) => _list.IndexOf(item);

        public void Insert(int index, (string, T) item) => _list.Insert(index, item);

        public bool Remove((string, T) item) => _list.Remove(item);

        public bool Remove(KeyValuePair<string, T> item) => _list.Remove((item.Key, item.Value));

        public bool Remove(string key)
        {
            var index = IndexOf(key);
            if (index >= 0)
                _list.RemoveAt(index);
            return index >= 0;
        }

        public void RemoveAt(int index) => _list.RemoveAt(index);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
        {
            var index = IndexOf(key);
            value = index < 0 ? null : _list[index].Module;
            return index >= 0;
        }

        public IEnumerator<(string, T)> GetEnumerator() => _list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
            _list.Select(pair => new KeyValuePair<string, T>(pair.Name, pair.Module)).GetEnumerator();

        protected override void RegisterComponents()
        {
            if (_registered)
                return;
            foreach (var (name, module) in _list)
                register_module(name, module);
            _registered = true;
        }

        private int IndexOf(string key) => _list.FindIndex(pair => pair.Name == key);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static Modules.ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var result = new Modules.ModuleDict<T>();
                foreach (var (name, module) in modules)
                    result.Add(name, module);
                return result;
            }
        }
    }
}
