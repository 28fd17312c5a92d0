namespace Edge.Trainer.Synthesis;

/// <summary>What <c>edge-trainer synth</c> makes.</summary>
internal sealed record SynthOptions
{
    /// <summary>Folder for train.jsonl, dev.jsonl and test.jsonl.</summary>
    public required string Out { get; init; }

    /// <summary>Utterances in all, 100 to 10,000,000: 80 % train, 10 % dev, 10 % test.</summary>
    public int Count { get; init; } = 20_000;

    /// <summary>The same seed gives the same utterances, on every machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary><c>zh</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>Replace a folder that is there and not empty.</summary>
    public bool Force { get; init; }
}
