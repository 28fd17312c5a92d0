using Edge.Appliance.Mqtt;

namespace Edge.Appliance.Tests.Mqtt;

public sealed class PublishGateTests
{
    private readonly PublishGate _gate = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alone_WaitsForThoseInside_AndKeepsLaterOnesOut()
    {
        var first = await _gate.EnterAsync(isAlone: false, Cancellation);
        var second = await _gate.EnterAsync(isAlone: false, Cancellation);
        var alone = _gate.EnterAsync(isAlone: true, Cancellation);
        var later = _gate.EnterAsync(isAlone: false, Cancellation);
        first.Dispose();
        Assert.False(alone.IsCompleted);

        second.Dispose();
        var inside = await alone;
        Assert.False(later.IsCompleted);
        inside.Dispose();
        (await later).Dispose();
    }

    [Fact]
    public async Task Cancelled_GivesItsPlaceToTheNext()
    {
        var first = await _gate.EnterAsync(isAlone: false, Cancellation);
        using var cancel = new CancellationTokenSource();
        var alone = _gate.EnterAsync(isAlone: true, cancel.Token);
        var later = _gate.EnterAsync(isAlone: false, Cancellation);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        (await later).Dispose();
        first.Dispose();
        (await _gate.EnterAsync(isAlone: true, Cancellation)).Dispose();
    }
}
