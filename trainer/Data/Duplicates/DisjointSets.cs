namespace Edge.Trainer.Data.Duplicates;

/// <summary>Numbers from 0 that are joined into groups (union and find, Tarjan 1975).</summary>
/// <param name="count">How many numbers there are.</param>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, count)];

    /// <summary>Puts the groups of two numbers together.</summary>
    public void Join(int left, int right) => _parents[Find(left)] = Find(right);

    /// <summary>The groups, also those of one number.</summary>
    public IEnumerable<IEnumerable<int>> Groups() => Enumerable.Range(0, _parents.Length).GroupBy(Find);

    private int Find(int number)
    {
        while (_parents[number] != number)
            number = _parents[number] = _parents[_parents[number]];
        return number;
    }
}
