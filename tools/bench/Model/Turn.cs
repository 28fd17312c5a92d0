using System.Diagnostics;

namespace Edge.Bench.Model;

/// <summary>A short while in which one thing is done again and again, before it is another's turn.</summary>
internal static class Turn
{
    /// <summary>How long: some tens of answers, so that what disturbs the box hits all that take turns.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(25);

    /// <summary>Does it for one turn.</summary>
    /// <returns>What each time took, milliseconds; the first time is left out, because the turn before left other things in the caches.</returns>
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
}
