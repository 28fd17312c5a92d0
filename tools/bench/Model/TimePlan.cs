namespace Edge.Bench.Model;

/// <summary>How the time of <c>edge-bench model</c> is split: most of it is the served precision's.</summary>
/// <param name="ClosedLoop">One request after another, every precision and length.</param>
/// <param name="Paced">One request each 20 ms, the served precision.</param>
/// <param name="Cold">As <paramref name="Paced"/>, not kept warm.</param>
/// <param name="AtRandom">Requests that come at random, the served precision.</param>
/// <param name="Bursts">Requests that come several at once, the served precision.</param>
/// <param name="Throughput">Workers that answer all they can, the served precision.</param>
/// <param name="OtherPaced">As <paramref name="Paced"/>, each other precision.</param>
/// <param name="OtherThroughput">As <paramref name="Throughput"/>, each other precision.</param>
internal sealed record TimePlan(
    TimeSpan ClosedLoop, TimeSpan Paced, TimeSpan Cold, TimeSpan AtRandom, TimeSpan Bursts, TimeSpan Throughput, TimeSpan OtherPaced, TimeSpan OtherThroughput)
{
    private const double PacedPart = 0.125;
    private const double PacedPartOfAVerdict = 0.375; // at the usual 20 s 375 requests: 368 bound a 99th percentile
    private const double ColdPart = 0.05;
    private const double Part = 0.09;
    private const double OthersPacedPart = 0.1, OthersThroughputPart = 0.05;

    private static readonly TimeSpan LeastPaced = TimeSpan.FromMilliseconds(5 * Arrivals.PacedMs);

    /// <summary>Plans.</summary>
    /// <param name="duration">All of it.</param>
    /// <param name="isJudged">Whether a budget is held against the paced requests: more of the time is theirs then, and less the closed loop's.</param>
    /// <param name="others">Precisions that are measured beside the served one, 0 or more.</param>
    public static TimePlan Of(TimeSpan duration, bool isJudged, int others)
    {
        var paced = duration * (isJudged ? PacedPartOfAVerdict : PacedPart);
        var (part, ofOthers) = (duration * Part, others == 0 ? TimeSpan.Zero : duration / others);
        var otherPaced = ofOthers * OthersPacedPart;
        var otherThroughput = ofOthers * OthersThroughputPart;
        var cold = duration * ColdPart;
        var rest = duration - paced - cold - (3 * part) - (others * (otherPaced + otherThroughput));
        return new TimePlan(rest, paced, AtLeastSome(cold), part, part, part, AtLeastSome(otherPaced), otherThroughput);

        static TimeSpan AtLeastSome(TimeSpan paced) => paced < LeastPaced ? LeastPaced : paced;
    }
}
