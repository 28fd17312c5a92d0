using System.Diagnostics;
using System.Globalization;
using Edge.Bundles.Common;

namespace Edge.Bench.Machine;

/// <summary>Watches the box from its creation on: time of the processors (proc(5), /proc/stat) and their clock (/proc/cpuinfo).</summary>
internal sealed class BoxWatch
{
    // Of the first line of /proc/stat, all in ticks of which sysconf(_SC_CLK_TCK) says 100 on Linux.
    private const int Idle = 3, WaitingForDisk = 4, Stolen = 7, Guest = 8;
    private const double TicksASecond = 100;

    private readonly double[] _start = Ticks();
    private readonly TimeSpan _startOfOurs = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly ClockRange _clock = new();

    /// <summary>Starts to watch.</summary>
    public BoxWatch() => Look();

    /// <summary>Reads the clocks; called from time to time while something is measured.</summary>
    public void Look() => _clock.Add(Clocks());

    /// <summary>What happened since the start.</summary>
    /// <param name="ofChildren">Processor time of processes that take part in the measurement.</param>
    public BoxActivity Activity(TimeSpan ofChildren = default)
    {
        Look();
        var now = Ticks();
        if (now.Length <= Stolen || _start.Length != now.Length)
            return new BoxActivity(0, 0, 0, 0);
        var passed = now.Zip(_start, (after, before) => after - before).ToArray();
        var all = passed[..Guest].Sum(); // guests are counted in user time already
        if (all <= 0)
            return new BoxActivity(0, 0, 0, 0);
        var ours = (Process.GetCurrentProcess().TotalProcessorTime - _startOfOurs + ofChildren).TotalSeconds * TicksASecond;
        var used = all - passed[Idle] - passed[WaitingForDisk] - passed[Stolen];
        return new BoxActivity(passed[Stolen] / all, Math.Max(0, used - ours) / all, _clock.Lowest, _clock.Highest);
    }

    private static double[] Ticks()
    {
        const string file = "/proc/stat";
        if (!File.Exists(file))
            return [];
        var line = File.ReadLines(file).First();
        return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    private static IEnumerable<double> Clocks() => ProcessorInfo.All("cpu MHz")
        .Select(value => double.TryParse(value, CultureInfo.InvariantCulture, out var clock) ? clock : 0);
}
