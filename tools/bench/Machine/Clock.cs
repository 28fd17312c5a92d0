using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Edge.Bench.Machine;

/// <summary>Waiting that is exact to some microseconds and leaves the processor alone.</summary>
internal static class Clock
{
    private const int Monotonic = 1, Absolute = 1; // of time.h, on Linux
    private static readonly TimeSpan Exact = TimeSpan.FromMilliseconds(50); // longer than a wait that can be ended is late

    /// <summary>
    /// Waits. Thread.Sleep wakes a millisecond late, and spinning would keep the processor warm, which a box that waits for callers is not.
    /// </summary>
    /// <param name="timestamp">In ticks of <see cref="Stopwatch"/>; one that is past does not wait.</param>
    public static void WaitUntil(long timestamp)
    {
        var nanoseconds = (long)((Int128)timestamp * 1_000_000_000 / Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < timestamp)
            _ = Sleep(Monotonic, Absolute, new Time(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000), 0);
    }

    /// <summary>Waits until something is due.</summary>
    /// <param name="start">In ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="milliseconds">From then.</param>
    /// <param name="cancellation">Ends the wait, up to the last 50 ms of it.</param>
    /// <returns>When it was due, in ticks of <see cref="Stopwatch"/>.</returns>
    public static long WaitUntil(long start, double milliseconds, CancellationToken cancellation = default)
    {
        var due = start + (long)(milliseconds * Stopwatch.Frequency / 1000);
        if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var left && left > Exact
            && cancellation.WaitHandle.WaitOne(left - Exact))
            return due;
        WaitUntil(due);
        return due;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Time(long Seconds, long Nanoseconds);

    // .NET's timestamps are CLOCK_MONOTONIC. A signal ends it early.
    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(int clock, int flags, in Time until, nint remaining);
}
