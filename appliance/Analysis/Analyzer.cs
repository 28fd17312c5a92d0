using System.Collections.Concurrent;
using Edge.Bundles.Tokenization;

namespace Edge.Appliance.Analysis;

/// <summary>Text to predictions, with one bundle and without new memory. Thread-safe: each caller rents buffers of its own.</summary>
internal sealed class Analyzer(ServedBundle bundle) : IAnalyzer
{
    private readonly ConcurrentBag<AnalysisWorkspace> _idle = [];
    private readonly UtteranceDecoder _decoder = new(bundle);

    /// <inheritdoc/>
    public AnalyzedUtterance Analyze(string text, string? context = null)
    {
        var workspace = Rent();
        try
        {
            bundle.Tokenizer.Encode(text, bundle.Task.UsesContext ? context : null, bundle.Task.MaxLength, workspace.Tokens);
            var tokens = workspace.Tokens.View;
            bundle.Session.Run(tokens, workspace.Logits);
            return _decoder.Decode(text, tokens, workspace.Logits);
        }
        finally
        {
            _idle.Add(workspace);
        }
    }

    /// <summary>
    /// Runs lengths once in the buffers of every worker: ONNX Runtime allocates and binds per length at the first run, and no caller
    /// shall pay for that. Every length of a short utterance; of long ones some, or a large model of 512 tokens would take minutes.
    /// </summary>
    /// <param name="workers">Workers that will answer at once.</param>
    /// <param name="threads">Threads that this takes; where callers are being answered meanwhile, one.</param>
    public void WarmUp(int workers, int threads) => WarmUp(workers, threads, LengthsToWarm(bundle.Task.MaxLength));

    /// <summary>Each length to 63, then one in two to 127 and so on, one in eight above 448, and the longest.</summary>
    internal static IReadOnlyList<int> LengthsToWarm(int longest)
    {
        var lengths = new List<int>();
        for (var length = 3; length < longest; length += 1 + (length / 64))
            lengths.Add(length);
        return [.. lengths, longest];
    }

    /// <summary>The same for some lengths, where no other will come.</summary>
    /// <param name="workers">Workers that will answer at once.</param>
    /// <param name="threads">Threads that this takes.</param>
    /// <param name="lengths">Tokens of the utterances, special ones included, each 3 to the bundle's maximum.</param>
    public void WarmUp(int workers, int threads, IReadOnlyList<int> lengths)
    {
        var buffers = Enumerable.Range(0, workers).Select(_ => Rent()).ToArray();
        Parallel.ForEach(buffers, new ParallelOptions { MaxDegreeOfParallelism = threads }, workspace =>
        {
            foreach (var length in lengths)
                bundle.Session.Run(Filler(length), workspace.Logits);
        });
        foreach (var workspace in buffers)
            _idle.Add(workspace);
    }

    /// <summary>Frees the buffers; the session is the bundle's.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var workspace))
            workspace.Dispose();
    }

    private AnalysisWorkspace Rent() => _idle.TryTake(out var workspace) ? workspace : new AnalysisWorkspace(bundle.Session);

    // [CLS] [UNK]... [SEP]
    private EncodedUtterance Filler(int length)
    {
        var ids = new int[length];
        Array.Fill(ids, bundle.Tokenizer.UnknownId);
        ids[0] = bundle.Tokenizer.ClassifyId;
        ids[^1] = bundle.Tokenizer.SeparatorId;
        return new EncodedUtterance
        {
            Ids = ids,
            TypeIds = new int[length],
            Offsets = new SourceSpan[length],
            TextStart = 1,
            TextCount = length - 2,
            Truncated = false,
        };
    }
}
