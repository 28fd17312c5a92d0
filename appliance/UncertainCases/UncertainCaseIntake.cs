namespace Edge.Appliance.UncertainCases;

/// <summary>Takes uncertain answers and hands them to the store.</summary>
internal sealed class UncertainCaseIntake(UncertainCaseQueue queue)
{
    /// <summary>Keeps an uncertain answer for review.</summary>
    /// <param name="answered">The answer; what it lies in may be used again at once.</param>
    /// <param name="mustStore">False: it may be dropped where the store is far behind, because nobody waits for it.</param>
    /// <returns>Ends when it is on disk, at once where it is dropped or cases are not kept.</returns>
    public Task KeepAsync(in AnsweredUtterance answered, bool mustStore) =>
        mustStore || !queue.IsCongested ? queue.StoreAsync(answered) : queue.Drop();
}
