namespace Edge.Bench.Model;

/// <summary>How the time of <c>edge-bench model</c> is split: most of it is the served precision's.</summary>
internal sealed record TimePlan
{
    private const double PacedPart = 0.125;
    private const double PacedPartOfAVerdict = 0.375; // at the usual 20 s 375 requests: 368 bound a 99th percentile
    private const double ColdPart = 0.05;
    private const double Part = 0.09;
    private const double OthersPacedPart = 0.1, OthersThroughputPart = 0.05;

    private static readonly TimeSpan LeastPaced = TimeSpan.FromMilliseconds(5 * Arrivals.PacedMs);

    /// <summary>One request after another, every precision and length.</summary>
    public required TimeSpan ClosedLoop { get; init; }

    /// <summary>One request each 20 ms, the served precision.</summary>
    public required TimeSpan Paced { get; init; }

    /// <summary>As <see cref="Paced"/>, not kept warm.</summary>
    public required TimeSpan Cold { get; init; }

    /// <summary>Requests that come at random, the served precision.</summary>
    public required TimeSpan AtRandom { get; init; }

    /// <summary>Requests that come several at once, the served precision.</summary>
    public required TimeSpan Bursts { get; init; }

    /// <summary>Workers that answer all they can, the served precision.</summary>
    public required TimeSpan Throughput { get; init; }

    /// <summary>As <see cref="Paced"/>, each other precision.</summary>
    public required TimeSpan OtherPaced { get; init; }

    /// <summary>As <see cref="Throughput"/>, each other precision.</summary>
    public required TimeSpan OtherThroughput { get; init; }

    /// <summary>Plans.</summary>
    /// <param name="duration">All of it.</param>
    /// <param name="isJudged">Whether a budget is held against the paced requests: more of the time is theirs then, and less the closed
    /// loop's.</param>
    /// <param name="others">Precisions that are measured beside the served one, 0 or more.</param>
    public static TimePlan Of(TimeSpan duration, bool isJudged, int others)
    {
        var paced = duration * (isJudged ? PacedPartOfAVerdict : PacedPart);
        var (part, ofOthers) = (duration * Part, others == 0 ? TimeSpan.Zero : duration / others);
        var otherPaced = ofOthers * OthersPacedPart;
        var otherThroughput = ofOthers * OthersThroughputPart;
        var cold = duration * ColdPart;
        var rest = duration - paced - cold - (3 * part) - (others * (otherPaced + otherThroughput));
        return new TimePlan
        {
            ClosedLoop = rest,
            Paced = paced,
            Cold = AtLeastSome(cold),
            AtRandom = part,
            Bursts = part,
            Throughput = part,
            OtherPaced = AtLeastSome(otherPaced),
            OtherThroughput = otherThroughput,
        };

        static TimeSpan AtLeastSome(TimeSpan paced) => paced < LeastPaced ? LeastPaced : paced;
    }
}
