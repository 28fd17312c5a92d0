using System.Diagnostics;
using Edge.Bench.Machine;

namespace Edge.Bench.Model;

/// <summary>
/// Waiting as an appliance does that keeps its caches warm (<c>Analysis:KeepWarm</c>): with runs of the model that nobody asked for.
/// </summary>
/// <param name="Interval">Between two of them; zero: none.</param>
/// <param name="Run">One of them.</param>
internal sealed record KeptWarm(TimeSpan Interval, Action Run)
{
    /// <summary>Waits until something is due; a run that began before ends first, as in the appliance.</summary>
    /// <param name="start">In ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="milliseconds">From then.</param>
    /// <returns>When it was due, in ticks of <see cref="Stopwatch"/>.</returns>
    public long WaitUntil(long start, double milliseconds)
    {
        while (Interval > TimeSpan.Zero && Stopwatch.GetElapsedTime(start) + Interval is var next && next.TotalMilliseconds < milliseconds)
        {
            Clock.WaitUntil(start, next.TotalMilliseconds);
            Run();
        }
        return Clock.WaitUntil(start, milliseconds);
    }
}
