using System.Globalization;
using Edge.Appliance.Analysis;
using Edge.Bundles.Inference;

namespace Edge.Bench.Model;

/// <summary>A bundle in one precision, with utterances of several lengths and the appliance's own way from text to answer.</summary>
internal sealed class BenchModel : IDisposable
{
    /// <summary>An utterance of usual length has no more characters.</summary>
    public const int UsualCharacters = 16;

    private static readonly int[] Lengths = [8, UsualCharacters, 32, 64, 128, 256, 512];
    private static readonly int[] BatchSizes = [1, 8, 32];

    private readonly ServedBundle _bundle;
    private readonly Analyzer _analyzer;
    private readonly AnalysisWorkspace _workspace;
    private readonly List<UtteranceBatch> _batches = [];

    /// <summary>Opens a bundle.</summary>
    /// <param name="directory">The bundle.</param>
    /// <param name="precision">A precision, or <c>auto</c>.</param>
    /// <param name="workers">Workers that will answer at once.</param>
    /// <param name="session">How to run the model; <c>null</c>: as the appliance does.</param>
    public BenchModel(string directory, string precision, int workers, StudentSessionOptions? session = null)
    {
        _bundle = ServedBundle.Open(directory, "--bundle", precision, session);
        _analyzer = new Analyzer(_bundle);
        Texts = ReadWhole();
        UsualText = Texts.Last(text => text.Length <= UsualCharacters);
        _analyzer.WarmUp(workers, workers, [.. Texts.Select(Tokens)]); // all lengths up to 512 would take longer than the measurement
        _workspace = new AnalysisWorkspace(_bundle.Session);
    }

    /// <summary>Id of the bundle.</summary>
    public string Id => _bundle.Id;

    /// <summary>The precision.</summary>
    public string Precision => _bundle.Precision;

    /// <summary>Size of the model's file.</summary>
    public double FileMegabytes => new FileInfo(_bundle.ModelFile).Length / 1e6;

    /// <summary>
    /// Utterances of 8, 16, 32 and so on to 512 characters, as far as the model reads them whole, the usual one (16) among them.
    /// </summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>An utterance of usual length.</summary>
    public string UsualText { get; }

    /// <summary>From text to answer.</summary>
    public BenchCase Answering(string text) => Case(BenchCase.Answer, text, () => Answer(text));

    /// <summary>The model alone on the same utterance.</summary>
    public BenchCase Running(string text)
    {
        var encoded = _bundle.Tokenizer.Encode(text, null, _bundle.Task.MaxLength);
        return Case(BenchCase.RawRun, text, () => _bundle.Session.Run(encoded, _workspace.Logits));
    }

    /// <summary>How an appliance waits that keeps itself warm with this bundle.</summary>
    public KeptWarm KeptWarm(TimeSpan interval) => new(interval, () => _analyzer.Analyze(AnalysisQueue.Probe).Dispose());

    /// <summary>The model alone on 1, 8 and 32 of the same utterance at once; nothing where its file takes one utterance a run.</summary>
    public IReadOnlyList<BenchCase> Batches(string text)
    {
        var cases = new List<BenchCase>();
        foreach (var size in BatchSizes)
        {
            if (UtteranceBatch.Create(_bundle.Session, _bundle.Tokenizer.Encode(text, null, _bundle.Task.MaxLength), size) is not { } batch)
                break;
            _batches.Add(batch);
            cases.Add(Case(BenchCase.Batch, text, batch.Run) with { Utterances = size });
        }
        return cases;
    }

    /// <summary>Answers once.</summary>
    /// <returns>The answer's JSON.</returns>
    public byte[] Answer(string text)
    {
        using var analyzed = _analyzer.Analyze(text);
        return AnswerWriter.Write(
            analyzed, new AnswerDetails { Id = "bench", Latency = TimeSpan.FromMilliseconds(1) });
    }

    /// <summary>
    /// New memory of one answer beyond the answer itself, bytes: of the usual utterance, or of one with a number, a new one each time,
    /// whichever takes more.
    /// </summary>
    public double BytesBeyondTheAnswer()
    {
        const int times = 100, first = 29_420_000;
        var withNumbers =
            Enumerable.Range(first, times).Select(number => string.Create(CultureInfo.InvariantCulture, $"{Text(8)} U{number}")).ToArray();
        foreach (var text in withNumbers)
            Answer(text); // some are of a length in tokens that was not met before
        return Math.Max(BytesBeyond([.. Enumerable.Repeat(UsualText, times)]), BytesBeyond(withNumbers));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batches.ForEach(batch => batch.Dispose());
        _workspace.Dispose();
        _analyzer.Dispose();
        _bundle.Dispose();
    }

    private double BytesBeyond(string[] texts)
    {
        var beyond = 0L;
        foreach (var text in texts)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var answer = Answer(text);
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            before = GC.GetAllocatedBytesForCurrentThread();
            GC.KeepAlive(new byte[answer.Length]);
            beyond += taken - (GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return (double)beyond / texts.Length;
    }

    private BenchCase Case(string what, string text, Action run) =>
        new(what, Precision, text.Length, Tokens(text), run);

    private int Tokens(string text) => _bundle.Tokenizer.Encode(text, null, _bundle.Task.MaxLength).Length;

    private string[] ReadWhole()
    {
        var longest = Enumerable.Range(1, Lengths[^1])
            .Last(length => !_bundle.Tokenizer.Encode(Text(length), null, _bundle.Task.MaxLength).Truncated);
        return [.. Lengths.Select(length => Math.Min(length, longest)).Distinct().Select(Text)];
    }

    // About one token a character in Chinese; in other languages the words decide.
    private string Text(int length)
    {
        var source = _bundle.Task.Language == "zh" ? "帮我查一下昨天买的东西怎么还没有到谢谢" : "please check where the parcel i bought yesterday is now ";
        return string.Concat(Enumerable.Repeat(source, (length / source.Length) + 1))[..length];
    }
}
