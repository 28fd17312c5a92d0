using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;
using TorchSharp;

namespace Edge.Trainer.Tests;

/// <summary>Twenty utterances with an intent, a list of topics, a score and an entity, and what is needed to train on them.</summary>
internal sealed class MicroTask : IDisposable
{
    /// <summary>libtorch's seed and its count of tensors belong to the process: tests that use it run one after the other.</summary>
    public const string Collection = "libtorch";

    private static readonly string[] Names = ["anna", "bert", "carl", "dora", "emil"];
    private static readonly (string Intent, string Before, string After)[] Forms =
    [
        ("call", "please call ", " now"), ("pay", "send money to ", " today"), ("meet", "when do i meet ", ""),
        ("forget", "remove ", " from my list"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-micro-").FullName;

    public MicroTask(int seed = 1, bool bfloat16 = false)
    {
        Utterances = [.. Forms.SelectMany(form => Names.Select(name => Create(form.Intent, form.Before, name, form.After)))];
        Task = TaskInference.Infer(Utterances) with { MaxLength = 16 };
        var vocabulary = Path.Combine(_folder, "vocab.txt");
        File.WriteAllLines(vocabulary, VocabularyBuilder.Build(Utterances.Select(u => u.Text), new TokenizerSettings()));
        Tokenizer = UtteranceTokenizer.Load(vocabulary, new TokenizerSettings());
        Encoder = new ExampleEncoder(Tokenizer, Task);
        Examples = Encoder.Encode(Utterances);
        torch.manual_seed(seed);
        Compute = new BertCompute(bfloat16, seed);
        Context = new TrainingContext
        {
            Task = Task,
            Tokenizer = Tokenizer,
            Device = torch.CPU,
            Compute = Compute,
            Random = new ResumableRandom(seed),
            Display = new PlainDisplay(TextWriter.Null),
            Cancellation = TestContext.Current.CancellationToken,
        };
    }

    public IReadOnlyList<LabelledUtterance> Utterances { get; }

    public TaskDefinition Task { get; }

    public UtteranceTokenizer Tokenizer { get; }

    public ExampleEncoder Encoder { get; }

    public IReadOnlyList<TrainingExample> Examples { get; }

    public BertCompute Compute { get; }

    public TrainingContext Context { get; init; }

    public BertConfig Config(int hidden = 32, int layers = 2, Pooling pooling = Pooling.Mean, double dropout = 0) =>
        new ModelSize(hidden, layers, hidden * 2, 2).ToConfig(Tokenizer.VocabularySize, Task.MaxLength, pooling, dropout, 0.04);

    public BertTaskModel CreateModel(int hidden = 32, int layers = 2, Pooling pooling = Pooling.Mean, double dropout = 0) =>
        new(Config(hidden, layers, pooling, dropout), Task, Compute);

    public void Dispose()
    {
        Compute.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static LabelledUtterance Create(string intent, string before, string name, string after) => new()
    {
        Text = before + name + after,
        File = "micro",
        Line = 1,
        Single = new Dictionary<string, string> { ["intent"] = intent },
        Multi = new Dictionary<string, IReadOnlyList<string>> { ["topics"] = intent == "pay" ? ["money", "people"] : ["people"] },
        Scores = new Dictionary<string, double> { ["urgency"] = intent == "call" ? 1 : 0.25 },
        Spans = new Dictionary<string, IReadOnlyList<EntitySpan>>
        {
            ["entities"] = [new EntitySpan("name", before.Length, before.Length + name.Length)]
        },
    };
}
