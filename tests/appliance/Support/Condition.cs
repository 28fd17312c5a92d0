namespace Edge.Appliance.Tests.Support;

/// <summary>Waits for what shows only by asking.</summary>
internal static class Condition
{
    /// <summary>Asks until it is true.</summary>
    public static async Task BecomesTrueAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ApplianceProcess.Limit);
        while (!await condition())
            limit.Token.ThrowIfCancellationRequested();
    }
}
