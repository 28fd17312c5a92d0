namespace Edge.Trainer.Training;

/// <summary>Groups utterances of about the same length, so that little of a batch is padding.</summary>
internal static class BatchSampler
{
    // Lengths are sorted within windows of this many batches: wide enough for nearly equal lengths, small enough that an
    // epoch's batches differ from the last one's.
    private const int BatchesInWindow = 40;

    /// <summary>The batches of one epoch, in random order. Each index occurs once.</summary>
    public static IReadOnlyList<int[]> Shuffled(IReadOnlyList<int> lengths, int batchSize, Random random)
    {
        var order = Enumerable.Range(0, lengths.Count).ToArray();
        random.Shuffle(order);
        var batches = new List<int[]>((lengths.Count / batchSize) + 1);
        foreach (var window in order.Chunk(batchSize * BatchesInWindow))
            batches.AddRange(window.OrderBy(index => lengths[index]).Chunk(batchSize)); // OrderBy is stable
        var shuffled = batches.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>All indices by length, for evaluation.</summary>
    public static IEnumerable<int[]> Sorted(IReadOnlyList<int> lengths, int batchSize) =>
        Enumerable.Range(0, lengths.Count).OrderBy(index => lengths[index]).Chunk(batchSize);
}
