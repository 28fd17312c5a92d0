using System.Diagnostics.CodeAnalysis;
using Edge.Appliance.Configuration;

namespace Edge.Appliance.Answering;

/// <summary>
/// Answers by line and id, the least recently used forgotten first, so that an id which comes twice (a sender's retry, a
/// redelivery) gets the same answer and is analysed and stored once, also while the first one is still in work.
/// </summary>
internal sealed class AnswerCache(AnalysisOptions options)
{
    private const int Around = 500; // bytes of the objects around an answer

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = []; // most recent first
    private long _bytes;

    /// <summary>Answers that are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>The answer of a line's id: the remembered one, or a new one.</summary>
    /// <param name="line">Line of the utterance.</param>
    /// <param name="id">Its id; null is never remembered.</param>
    /// <param name="text">Its text, to notice ids that are used for another utterance.</param>
    /// <param name="create">Makes the answer where none is remembered.</param>
    public RememberedAnswer GetOrCreate(string line, string? id, string text, Func<Task<Answer>> create)
    {
        if (id is null)
            return new RememberedAnswer(create(), IsKnown: false, IsOtherText: false);

        var key = new Key(line, id);
        var added = new Entry(key, string.GetHashCode(text));
        lock (_lock)
        {
            if (TryUse(key, out var known))
                return new RememberedAnswer(known.Answer, IsKnown: true, known.TextHash != added.TextHash);
            _entries.Add(key, _byUse.AddFirst(added));
            while (_entries.Count > Math.Max(1, options.RememberedAnswers))
                Remove(_byUse.Last!.Value);
            // Under the lock, so that whoever finds the entry finds its task; creating only queues the work.
            added.Answer = KeepAsync(added, create);
        }
        return new RememberedAnswer(added.Answer, IsKnown: false, IsOtherText: false);
    }

    private bool TryUse(Key key, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        if (!_entries.TryGetValue(key, out var node))
            return false;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        entry = node.Value;
        return true;
    }

    private async Task<Answer> KeepAsync(Entry entry, Func<Task<Answer>> create)
    {
        try
        {
            var answer = await create();
            if (options.RememberedAnswers == 0)
                Forget(entry);
            else
                Weigh(entry, answer);
            return answer;
        }
        catch
        {
            // Forgotten first: who comes next shall try anew.
            Forget(entry);
            throw;
        }
    }

    private void Weigh(Entry entry, Answer answer)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(entry.Key, out var node) || !ReferenceEquals(node.Value, entry))
                return; // pushed out while in work
            entry.Bytes = answer.Json.Length + (2 * (entry.Key.Line.Length + entry.Key.Id.Length)) + Around;
            _bytes += entry.Bytes;
            while (_bytes > options.RememberedMegabytes * 1_000_000L)
                Remove(_byUse.Last!.Value);
        }
    }

    private void Forget(Entry entry)
    {
        lock (_lock)
            Remove(entry);
    }

    private void Remove(Entry entry)
    {
        // The key may belong to a later entry by now, where this one was pushed out while in work.
        if (_entries.TryGetValue(entry.Key, out var node) && ReferenceEquals(node.Value, entry))
        {
            _byUse.Remove(node);
            _entries.Remove(entry.Key);
            _bytes -= entry.Bytes;
        }
    }

    private readonly record struct Key(string Line, string Id);

    private sealed class Entry(Key key, int textHash)
    {
        public Key Key { get; } = key;

        public int TextHash { get; } = textHash;

        // 0 while in work.
        public int Bytes { get; set; }

        public Task<Answer> Answer { get; set; } = Task.FromCanceled<Answer>(new CancellationToken(canceled: true)); // until it is created
    }
}
