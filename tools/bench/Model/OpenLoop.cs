using System.Diagnostics;
using Edge.Bench.Machine;

namespace Edge.Bench.Model;

/// <summary>
/// Requests that come when they are due, whether or not the box has answered the ones before. A time counts from when the request was due,
/// so that waiting behind a slow one is seen (coordinated omission, Tene 2013).
/// </summary>
internal static class OpenLoop
{
    /// <summary>Answers every request by the next free worker.</summary>
    /// <param name="due">When requests come, milliseconds from the start, ascending.</param>
    /// <param name="workers">What answers one request, one a thread.</param>
    /// <param name="warm">What a worker does while it waits; <c>null</c>: nothing.</param>
    /// <returns>From due to answered, milliseconds.</returns>
    public static double[] Run(double[] due, IReadOnlyList<Action> workers, KeptWarm? warm = null)
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
                var at = warm?.WaitUntil(start, due[i]) ?? Clock.WaitUntil(start, due[i]);
                answer();
                times[i] = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
            }
        }
    }
}
