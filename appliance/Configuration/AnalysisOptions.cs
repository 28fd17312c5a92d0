namespace Edge.Appliance.Configuration;

/// <summary>Queue and workers.</summary>
internal sealed record AnalysisOptions
{
    /// <summary>Utterances analysed at once, one thread each; 1 to 64, default: the processors.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>
    /// Utterances that wait for a worker, and unanswered messages that the broker may have outstanding with this appliance
    /// (MQTT's receive maximum); 1 to 10000, default 256. Beyond it the broker holds the messages; HTTP answers 503.
    /// </summary>
    public int QueueCapacity { get; init; } = 256;

    /// <summary>
    /// Longest utterance or context, in UTF-16 code units; 1 to 10000, default 2000. A longer one gets the error
    /// <c>textTooLong</c>. What the model reads is limited by the bundle: further tokens are cut.
    /// </summary>
    public int MaxTextLength { get; init; } = 2000;

    /// <summary>
    /// Answers that are remembered by line and id, so that a repeated id gets the same answer; 0 to 1000000, default 10000
    /// (about 1 KB each). Beyond it the least recently used is forgotten.
    /// </summary>
    public int RememberedAnswers { get; init; } = 10_000;

    /// <summary>
    /// Most memory that remembered answers take, in megabytes; 1 to 10000, default 64. Beyond it, too, the least recently used is
    /// forgotten.
    /// </summary>
    public int RememberedMegabytes { get; init; } = 64;

    /// <summary>
    /// While callers come, the model runs this often where none waits, so that the processor's caches stay warm; 1 ms to 1 s,
    /// default 5 ms, 0 never. It takes some percent of one processor.
    /// </summary>
    public TimeSpan KeepWarm { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// What runs the model. <c>auto</c> (default): GPU 0 or the processor, whichever answers the bundle's golden utterances right and
    /// faster here; it goes on with the processor where the GPU is lost. <c>cpu</c>: the processor. <c>cuda</c>: GPU 0, or it does not
    /// start; where the GPU is lost the process ends. <c>cuda:N[,M]</c>: these GPUs, one session each.
    /// </summary>
    public string Provider { get; init; } = "auto";

    /// <summary>
    /// How long a GPU that is idle waits for more utterances to run together; 0 to 10 ms, default 0: it runs what is there, and what
    /// comes meanwhile is the next batch.
    /// </summary>
    public TimeSpan BatchWait { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Precision of the model: <c>int8</c>, <c>fp32</c>, <c>fp16</c>, or <c>auto</c> (default): on the processor int8 where the bundle
    /// has it, else fp32; on a GPU fp16, the only one that runs there.
    /// </summary>
    public string Precision { get; init; } = "auto";
}
