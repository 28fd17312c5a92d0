namespace Edge.Bench.Model;

/// <summary>One thing that is timed.</summary>
/// <param name="What">What is done, <see cref="Answer"/>, <see cref="RawRun"/> or <see cref="Batch"/>.</param>
/// <param name="Precision">Precision of the model.</param>
/// <param name="Characters">Characters of the utterance.</param>
/// <param name="Tokens">Its tokens, special ones included.</param>
/// <param name="Run">Does it once.</param>
/// <param name="Utterances">Utterances at once.</param>
internal sealed record BenchCase(string What, string Precision, int Characters, int Tokens, Action Run, int Utterances = 1)
{
    /// <summary>From text to the answer's JSON.</summary>
    public const string Answer = "answer";

    /// <summary>The model alone, by ONNX Runtime.</summary>
    public const string RawRun = "model alone";

    /// <summary>The model alone, several utterances a run.</summary>
    public const string Batch = "batch";
}
