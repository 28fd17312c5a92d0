using System.Diagnostics;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Bench.Statistics;
using Edge.Bundles.Common;
using Edge.Bundles.Inference;

namespace Edge.Bench.Model;

/// <summary>What a fresh process costs before it serves, in a process of its own each time.</summary>
/// <param name="OpenMs">Verifying the bundle, reading the vocabulary and creating the session, milliseconds.</param>
/// <param name="FirstSessionMs">Of that creating the session, the first one of the process.</param>
/// <param name="FirstAnswerMs">The first answer, while .NET compiles its path.</param>
/// <param name="SecondAnswerMs">The one after it.</param>
/// <param name="ResidentMegabytes">Resident memory then.</param>
/// <param name="SessionMs">Another session on the same file, after that: what a box pays that goes over to a new bundle.</param>
internal sealed record StartUp(
    double OpenMs, double FirstSessionMs, double FirstAnswerMs, double SecondAnswerMs, double ResidentMegabytes, double SessionMs)
{
    /// <summary>Name of the hidden command that a measured process runs.</summary>
    public const string Command = "start-up";

    private const int Times = 5;

    /// <summary>Starts processes one after the other; each figure is their median.</summary>
    public static StartUp Measure(string directory, string precision)
    {
        StartUp[] all = [.. Enumerable.Range(0, Times).Select(_ => Start(directory, precision))];
        return new StartUp(
            Median(one => one.OpenMs), Median(one => one.FirstSessionMs), Median(one => one.FirstAnswerMs),
            Median(one => one.SecondAnswerMs),
            Median(one => one.ResidentMegabytes), Median(one => one.SessionMs));

        double Median(Func<StartUp, double> figure) => MedianInterval.Median(all.Select(figure));
    }

    /// <summary>What the measured process does.</summary>
    public static StartUp Here(string directory, string precision)
    {
        const string text = "帮我查一下昨天买的东西怎么还没有";
        var start = Stopwatch.GetTimestamp();
        using var bundle = ServedBundle.Open(directory, "--bundle", precision);
        using var analyzer = new Analyzer(bundle);
        var opened = Stopwatch.GetTimestamp();
        Answer();
        var first = Stopwatch.GetTimestamp();
        Answer();
        var second = Stopwatch.GetTimestamp();
        var resident = Process.GetCurrentProcess().WorkingSet64 / 1e6;
        var before = Stopwatch.GetTimestamp();
        StudentSession.Open(bundle.ModelFile, bundle.Task.Heads).Dispose();
        return new StartUp(
            Milliseconds(start, opened), bundle.SessionTime.TotalMilliseconds, Milliseconds(opened, first), Milliseconds(first, second),
            resident, Stopwatch.GetElapsedTime(before).TotalMilliseconds);

        void Answer()
        {
            using var analyzed = analyzer.Analyze(text);
            AnswerWriter.Write(analyzed, new AnswerDetails { Id = "bench", Latency = TimeSpan.Zero });
        }

        static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
    }

    private static StartUp Start(string directory, string precision)
    {
        using var process =
            Process.Start(
                new ProcessStartInfo(Environment.ProcessPath!, [Command, "--bundle", directory, "--precision", precision])
                {
                    RedirectStandardOutput = true
                })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == ExitCode.Done
            ? JsonSerializer.Deserialize<StartUp>(output)!
            : throw new UserException(process.ExitCode, $"a process that opened {directory} ended with code {process.ExitCode}");
    }
}
