using Edge.Bundles.Inference.Batching;

namespace Edge.Bundles.Tests.Inference;

public sealed class CaptureGateTests
{
    [Fact]
    public async Task Capture_AmongManyRuns_IsAlone()
    {
        int running = 0, captures = 0;
        using var done = new CancellationTokenSource();
        var runs = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                CaptureGate.Run(() =>
                {
                    Interlocked.Increment(ref running);
                    Assert.Equal(0, Volatile.Read(ref captures));
                    Interlocked.Decrement(ref running);
                });
            }
        }, CancellationToken.None)).ToArray();

        for (var i = 0; i < 500; i++)
        {
            CaptureGate.Capture(() =>
            {
                captures++;
                Assert.Equal(0, Volatile.Read(ref running));
                captures--;
            });
        }

        await done.CancelAsync();
        await Task.WhenAll(runs);
    }

    [Fact]
    public void Capture_AfterAnotherOne_LetsTheRunThatWaitsGoFirst()
    {
        var order = new List<string>();
        var run = new Thread(() => CaptureGate.Run(() => order.Add("run")));
        CaptureGate.Capture(() =>
        {
            run.Start();
            SpinWait.SpinUntil(() => run.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            order.Add("first");
        });
        CaptureGate.Capture(() => order.Add("second"));
        run.Join();

        Assert.Equal(["first", "run", "second"], order);
    }

    [Fact]
    public void Run_ThatFails_HoldsNobodyUp()
    {
        Assert.Throws<InvalidDataException>(() => CaptureGate.Run(() => throw new InvalidDataException()));
        Assert.Throws<InvalidDataException>(() => CaptureGate.Capture(() => throw new InvalidDataException()));

        var done = 0;
        CaptureGate.Run(() => done++);
        CaptureGate.Capture(() => done++);
        Assert.Equal(2, done);
    }
}
