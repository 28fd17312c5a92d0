using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Edge.Bench.Model;

/// <summary>
/// Requests that come when they are due, whether or not the box has answered the ones before. A time counts from when the request was due,
/// so that waiting behind a slow one is seen (coordinated omission, Tene 2013).
/// </summary>
internal static class OpenLoop
{
    private const int Monotonic = 1, Absolute = 1; // of time.h, on Linux

    /// <summary>Answers every request by the next free worker.</summary>
    /// <param name="due">When requests come, milliseconds from the start, ascending.</param>
    /// <param name="workers">What answers one request, one a thread.</param>
    /// <returns>From due to answered, milliseconds.</returns>
    public static double[] Run(double[] due, IReadOnlyList<Action> workers)
    {
        var times = new double[due.Length];
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        var threads = workers.Select(answer => new Thread(() => Work(answer))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        return times;

        void Work(Action answer)
        {
            for (var i = Interlocked.Increment(ref next); i < due.Length; i = Interlocked.Increment(ref next))
            {
                var at = start + (long)(due[i] * Stopwatch.Frequency / 1000);
                WaitUntil(at);
                answer();
                times[i] = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
            }
        }
    }

    // Thread.Sleep wakes a millisecond late, and spinning would keep the processor warm, which a box that waits for callers is not.
    private static void WaitUntil(long timestamp)
    {
        var nanoseconds = (long)((Int128)timestamp * 1_000_000_000 / Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < timestamp)
            _ = Sleep(Monotonic, Absolute, new Time(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000), 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Time(long Seconds, long Nanoseconds);

    // .NET's timestamps are CLOCK_MONOTONIC. A signal ends it early.
    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(int clock, int flags, in Time until, nint remaining);
}
