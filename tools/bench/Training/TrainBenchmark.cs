using Edge.Bench.Common;
using Edge.Bench.Statistics;

namespace Edge.Bench.Training;

/// <summary>The measurements of <c>edge-bench train</c>.</summary>
internal static class TrainBenchmark
{
    /// <summary>Growth of memory from the first half of the steps to the second, below which it counts as flat.</summary>
    public const double FlatGrowth = 0.02;

    private const int WarmUpSteps = 16; // every batch once: libtorch prepares a MatMul for each new size
    private const int Readings = 20;

    /// <summary>Runs both sides in turns, in the same process each from start to end.</summary>
    public static TrainRow Compare(TrainCase what, string trainer, string python, int rounds, int stepsPerRound)
    {
        const int Shortest = 18, Longest = 22; // about 20 tokens
        Progress.Say($"{what.Name}, dropout {Figures.Number(what.Dropout, "0.0")}: {rounds} rounds");
        using var edge = Trainer(what, trainer, Shortest, Longest);
        using var torch = new StepProcess(
            python, what.PeerArguments(Shortest, Longest), what.Threads,
            " (PyTorch: apt-get install python3-torch libopenblas0-pthread, or name a Python that has it with --python.)");
        edge.Run(WarmUpSteps);
        torch.Run(WarmUpSteps);
        var (edgeMs, torchMs, ratios, cpuRatios) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            (double[] WallMs, double CpuMs) ours, theirs;
            if (round % 2 == 0)
                (ours, theirs) = (edge.Run(stepsPerRound), torch.Run(stepsPerRound));
            else
                (theirs, ours) = (torch.Run(stepsPerRound), edge.Run(stepsPerRound));
            edgeMs.AddRange(ours.WallMs);
            torchMs.AddRange(theirs.WallMs);
            ratios.Add(MedianInterval.Median(ours.WallMs) / MedianInterval.Median(theirs.WallMs));
            cpuRatios.Add(ours.CpuMs / theirs.CpuMs);
        }
        return new TrainRow(what.Name, what.Dropout, MedianInterval.Median(edgeMs), MedianInterval.Median(torchMs),
            MedianInterval.Of(ratios), MedianInterval.Of(cpuRatios))
        {
            EdgeLibTorch = edge.LibTorch,
            TorchLibTorch = torch.LibTorch,
        };
    }

    /// <summary>Trains utterances of many lengths and reads the process's resident memory on the way.</summary>
    public static IReadOnlyList<(int Steps, double Megabytes)> WatchMemory(TrainCase what, string trainer, int steps)
    {
        const int Shortest = 4, Longest = 40;
        Progress.Say($"{what.Name}: {steps} steps");
        using var edge = Trainer(what, trainer, Shortest, Longest);
        var readings = new List<(int, double)>();
        for (var i = 1; i <= Readings; i++)
        {
            var (from, to) = ((int)((long)steps * (i - 1) / Readings), (int)((long)steps * i / Readings));
            edge.Run(to - from);
            readings.Add((to, edge.ResidentMegabytes));
        }
        return readings;
    }

    /// <summary>Highest reading of the second half over the highest of the first, less 1; the first tenth warms up.</summary>
    public static double Growth(IReadOnlyList<(int Steps, double Megabytes)> readings)
    {
        var half = readings.Count / 2;
        var first = readings.Take(half).Skip(readings.Count / 10).Max(reading => reading.Megabytes);
        return (readings.Skip(half).Max(reading => reading.Megabytes) / first) - 1;
    }

    private static StepProcess Trainer(TrainCase what, string file, int shortest, int longest) =>
        new(file, what.TrainerArguments(shortest, longest), what.Threads,
            " (Build it again with ./build.sh build, or name another edge-trainer with --trainer.)");
}
