using System.Diagnostics;

namespace Edge.Bench.Model;

/// <summary>
/// A short while in which one thing is done again and again, before it is another's turn. The files in <c>peers</c> do the same.
/// </summary>
internal static class Turn
{
    /// <summary>How long: some tens of answers, so that what disturbs the box hits all that take turns.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(25);

    /// <summary>Times of a paced turn: half a second.</summary>
    public const int PacedTimes = 25;

    /// <summary>Does it for one turn, one time after another.</summary>
    /// <returns>What each time took, milliseconds; the first time is left out, because the turn before left other things in the
    /// caches.</returns>
    public static List<double> Run(Action once)
    {
        var milliseconds = new List<double>();
        once();
        var start = Stopwatch.GetTimestamp();
        var before = start;
        do
        {
            once();
            var after = Stopwatch.GetTimestamp();
            milliseconds.Add(Stopwatch.GetElapsedTime(before, after).TotalMilliseconds);
            before = after;
        }
        while (Stopwatch.GetElapsedTime(start, before) < Length);
        return milliseconds;
    }

    /// <summary>Does it once each 20 ms for one turn.</summary>
    /// <param name="once">It.</param>
    /// <param name="warm">How the time between is spent.</param>
    /// <returns>What each time took from when it began, milliseconds; the first time is left out, as above.</returns>
    public static List<double> RunPaced(Action once, KeptWarm warm)
    {
        var milliseconds = new List<double>();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i <= PacedTimes; i++)
        {
            warm.WaitUntil(start, i * Arrivals.PacedMs);
            var before = Stopwatch.GetTimestamp();
            once();
            milliseconds.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        return milliseconds[1..];
    }
}
