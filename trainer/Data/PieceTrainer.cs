namespace Edge.Trainer.Data;

/// <summary>
/// Joins the most frequent pair of neighbouring pieces again and again (byte-pair encoding over characters, Sennrich et al.
/// 2016, with the continuation mark of WordPiece). A heap and an index from pairs to words make a join cost what it changes.
/// </summary>
internal static class PieceTrainer
{
    /// <summary>New pieces in the order they were joined, at most <paramref name="limit"/>.</summary>
    public static IReadOnlyList<string> Train(IReadOnlyDictionary<string, int> words, int limit, int minPairCount)
    {
        var state = new State();
        foreach (var (word, count) in words.OrderBy(word => word.Key, StringComparer.Ordinal)) state.Add(word, count);
        var pieces = new List<string>();
        while (pieces.Count < limit && state.Next(Math.Max(1, minPairCount)) is { } pair) pieces.Add(state.Join(pair));
        return pieces;
    }

    private sealed class State
    {
        private readonly List<(List<int> Pieces, int Count)> _words = [];
        private readonly List<string> _names = [];
        private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
        private readonly Dictionary<(int, int), long> _counts = [];
        private readonly Dictionary<(int, int), HashSet<int>> _places = [];
        private readonly PriorityQueue<((int, int) Pair, long Count), (long, int, int)> _queue = new();

        public void Add(string word, int count)
        {
            var pieces = new List<int>();
            foreach (var rune in word.EnumerateRunes()) pieces.Add(Id(pieces.Count == 0 ? rune.ToString() : "##" + rune));
            if (pieces.Count < 2) return;
            _words.Add((pieces, count));
            for (var i = 1; i < pieces.Count; i++) Change((pieces[i - 1], pieces[i]), count, _words.Count - 1);
        }

        public (int, int)? Next(int minCount)
        {
            // Counts change after an entry was queued; an entry that is out of date has a younger one behind it.
            while (_queue.TryDequeue(out var entry, out _))
                if (_counts.GetValueOrDefault(entry.Pair) == entry.Count)
                    return entry.Count >= minCount ? entry.Pair : null;
            return null;
        }

        public string Join((int Left, int Right) pair)
        {
            var name = _names[pair.Left] + _names[pair.Right][2..];
            var joined = Id(name);
            foreach (var index in _places[pair].Order().ToArray())
            {
                var (pieces, count) = _words[index];
                for (var i = 1; i < pieces.Count; i++) Change((pieces[i - 1], pieces[i]), -count, index);
                for (var i = 1; i < pieces.Count; i++)
                {
                    if (pieces[i - 1] != pair.Left || pieces[i] != pair.Right) continue;
                    pieces[i - 1] = joined;
                    pieces.RemoveAt(i);
                }

                for (var i = 1; i < pieces.Count; i++) Change((pieces[i - 1], pieces[i]), count, index);
            }

            _counts.Remove(pair);
            _places.Remove(pair);
            return name;
        }

        private void Change((int, int) pair, int by, int word)
        {
            var count = _counts.GetValueOrDefault(pair) + by;
            _counts[pair] = count;
            if (!_places.TryGetValue(pair, out var places)) _places.Add(pair, places = []);
            places.Add(word);
            if (count > 0) _queue.Enqueue((pair, count), (-count, pair.Item1, pair.Item2));
        }

        private int Id(string name)
        {
            if (_ids.TryGetValue(name, out var id)) return id;
            _ids.Add(name, _names.Count);
            _names.Add(name);
            return _names.Count - 1;
        }
    }
}
