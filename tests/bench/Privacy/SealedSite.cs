namespace Edge.Bench.Tests.Privacy;

/// <summary>A <see cref="SealedBox"/> with data and a bundle that were made in it.</summary>
public sealed class SealedSite : IAsyncLifetime
{
    /// <summary>How many of the commands make data and bundle.</summary>
    internal const int Making = 2;

    private readonly string? _obstacle = SealedBox.Obstacle();
    private SealedBox? _box;

    /// <summary>What they sent and wrote.</summary>
    internal SealedBox.Traces? TracesOfMaking { get; private set; }

    /// <summary>The box; skips the test where there is none.</summary>
    internal SealedBox Box()
    {
        Assert.SkipUnless(_obstacle is null, $"no sealed box here: {_obstacle}");
        return _box!;
    }

    public async ValueTask InitializeAsync()
    {
        if (_obstacle is not null)
            return;
        _box = await SealedBox.CreateAsync();
        foreach (var (program, arguments) in NothingLeavesTests.Commands.Take(Making))
        {
            var result = await _box.RunAsync([Programs.Of(program), .. arguments]);
            Assert.True(result.Code == 0, result.All);
        }
        TracesOfMaking = _box.TakeTraces();
    }

    public async ValueTask DisposeAsync()
    {
        if (_box is not null)
            await _box.DisposeAsync();
    }
}
