using Edge.Bundles;
using Edge.Bundles.Decoding;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Pipelines;
using Edge.Trainer.Progress;
using Edge.Trainer.Synthesis;

namespace Edge.Trainer.Tests.Heads;

/// <summary>Every kind of head, alone and together, from data to the answers of a bundle.</summary>
[Collection(MicroTask.Collection)]
public sealed class HeadCombinationTests : IDisposable
{
    private static readonly string[] Names = ["anna", "bert", "carl", "dora", "emil", "fritz", "gerda", "hans"];
    private static readonly (string Intent, string Before, string After, string Mood)[] Forms =
    [
        ("call", "please call ", " now", "calm"), ("pay", "send money to ", " today", "calm"), ("meet", "when do i meet ", "", "calm"),
        ("forget", "damn remove ", " at once", "angry"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-heads-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private string Out => Path.Combine(_folder, "bundle");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, "urgency")]
    [InlineData(false, "topics")]
    [InlineData(false, "intent", "mood", "second")]
    [InlineData(false, "entities", "verbs")]
    [InlineData(true, "topics", "places", "urgency", "patience")]
    [InlineData(true, "verbs", "urgency")]
    public void Run_AnyHeads_GivesABundleThatAnswersEachInItsForm(bool pairs, params string[] heads)
    {
        Write(heads, pairs);
        var reports = Run("0,1,2");

        var bundle = BundleReader.Open(Out);
        Assert.Equal(heads.Order(), bundle.Manifest.Task.Heads.Select(head => head.Name).Order());
        Assert.Equal(pairs, bundle.Manifest.Task.UsesContext);
        Assert.All(reports.Values, report => Assert.Equal(heads.Length, report.Heads.Count));
        Assert.All(reports.Values.SelectMany(report => report.Heads).SelectMany(head => head.Report.Metrics),
            metric => Assert.True(double.IsFinite(metric.Value), metric.Name));
        foreach (var (head, prediction) in Answers(bundle, "please call anna now", pairs ? "who is it" : null))
        {
            Assert.Equal(head.Name, prediction.Head);
            Assert.InRange(prediction.Confidence, 0, 1);
            Assert.Equal(head.Kind == HeadKind.Single, prediction.Label is not null);
            Assert.Equal(head.Kind == HeadKind.Score, prediction.Score is not null);
            if (head.Kind is HeadKind.Single or HeadKind.Multi) Assert.Equal(head.Labels.Count, prediction.Probabilities.Length);
        }
    }

    [Fact]
    public void Run_AllKindsTogether_AreAllLearnedFromThePair()
    {
        Write(["intent", "mood", "topics", "places", "urgency", "patience", "entities", "verbs"], pairs: true);
        // A squared error is smaller than a cross-entropy: scores get more weight.
        var task = Path.Combine(_folder, "task.json");
        File.WriteAllText(task, """
            {"language":"en","maxLength":24,"usesContext":true,"heads":[
             {"name":"intent","kind":"single"},{"name":"mood","kind":"single"},{"name":"topics","kind":"multi","weight":4},{"name":"places","kind":"multi","weight":2},
             {"name":"urgency","kind":"score","weight":5},{"name":"patience","kind":"score","weight":5},
             {"name":"entities","kind":"span"},{"name":"verbs","kind":"span"}]}
            """);
        var report = Run("0,0,110", task)[Precision.Fp32];

        Assert.All(report.Heads, head => Assert.True(head.Report.Score > 0.8, $"{head.Name}: {head.Report.Score:0.000}"));
        // The same utterance behind another question: only what the question decides changes.
        var bundle = BundleReader.Open(Out);
        var patience = new[] { "do you have time", "are you in a hurry" }.Select(context =>
            Answers(bundle, "please call anna now", context).Single(answer => answer.Head.Name == "patience").Prediction.Score!.Value)
            .ToArray();
        Assert.True(patience[0] > patience[1] + 0.4, string.Join(", ", patience));
    }

    [Theory]
    [InlineData(",\"usesContext\":false", false)]
    [InlineData("", true)]
    public void Run_DataWithContext_ReadItUnlessTheTaskSaysNo(string said, bool read)
    {
        Write(["urgency"], pairs: true);
        var task = Path.Combine(_folder, "task.json");
        File.WriteAllText(task, $$"""{"language":"en","maxLength":24{{said}},"heads":[{"name":"urgency","kind":"score"}]}""");
        using var output = new StringWriter();
        Run("0,0,1", task, output);

        var bundle = BundleReader.Open(Out);
        Assert.Equal(read, bundle.Manifest.Task.UsesContext);
        Assert.Equal(
            !read, output.ToString().Contains("64 training utterances have a context, which is not read", StringComparison.Ordinal));
        var set = EvaluationSet.Create([new LabelledUtterance { Text = "please call anna now", Context = "who is it" }],
            new ExampleEncoder(bundle.LoadTokenizer(), bundle.Manifest.Task));
        Assert.Equal(read, set.Examples[0].Encoded.TypeIds.Contains(1));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(64, false)]
    public void Run_UtterancesBeyondMaxLength_SaysHowManyAreCut(int maxLength, bool said)
    {
        Write(["urgency"], pairs: true);
        var task = Path.Combine(_folder, "task.json");
        File.WriteAllText(task, $$"""{"language":"en","maxLength":{{maxLength}},"heads":[{"name":"urgency","kind":"score"}]}""");
        using var output = new StringWriter();
        Run("0,0,1", task, output);

        Assert.Equal(said,
            output.ToString()
                .Contains("of train is longer than maxLength 8 and will be cut; raise it in the task file", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_DevThatAnnotatesNoHead_IsRefusedBeforeTraining()
    {
        Write(["urgency"], pairs: false);
        File.WriteAllText(Path.Combine(Data, "dev.jsonl"), """{"text":"please call anna now"}""");
        Assert.Contains(
            "annotate none of the heads (urgency)", Assert.Throws<DataException>(() => Run("0,0,1")).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void Run_WeightOfAHead_CountsInItsLoss()
    {
        Write(["intent", "urgency"], pairs: false);
        var task = Path.Combine(_folder, "task.json");
        File.WriteAllText(task,
            """{"language":"en","maxLength":16,"heads":[{"name":"urgency","kind":"score","weight":0.001},{"name":"intent","kind":"single","weight":3}]}""");
        Run("0,0,2", task);

        var heads = BundleReader.Open(Out).Manifest.Task.Heads;
        Assert.Equal([("urgency", 0.001), ("intent", 3)], heads.Select(head => (head.Name, head.Weight)));
    }

    private IReadOnlyDictionary<string, EvaluationReport> Run(string epochs, string? task = null, TextWriter? output = null) =>
        new RunPipeline(
            new RunOptions
            {
                Data = Data,
                Out = Out,
                TaskFile = task,
                StudentSize = "32x2x64",
                Epochs = [.. epochs.Split(',').Select(double.Parse)],
                Threads = 1,
            },
            new RunRecipe { Student = new RunRecipe().Student with { LearningRate = 3e-3, Patience = 20, BatchSize = 16 } },
            new PlainDisplay(output ?? TextWriter.Null),
            TestContext.Current.CancellationToken).Run();

    private static IEnumerable<(HeadDefinition Head, HeadPrediction Prediction)> Answers(OpenedBundle bundle, string text, string? context)
    {
        var task = bundle.Manifest.Task;
        var entry = bundle.Manifest.Precisions[Precision.Fp32];
        using var session = StudentSession.Open(bundle.PathOf(entry), task.Heads);
        using var logits = session.CreateLogits();
        var encoded = bundle.LoadTokenizer().Encode(text, context, task.MaxLength);
        session.Run(encoded, logits);
        return [.. task.Heads.Select((head, i) => (head, HeadDecoder.Decode(head, logits[i], encoded, entry.Temperatures[head.Name])))];
    }

    private void Write(string[] heads, bool pairs)
    {
        Directory.CreateDirectory(Data);
        var all = Forms
            .SelectMany(form => Names.SelectMany(name => new[] { true, false }.Select(patient => Create(form, name, patient, pairs))))
            .ToArray();
        var kept = all.Select(u => u with
        {
            Single = Only(u.Single, heads),
            Multi = Only(u.Multi, heads),
            Scores = Only(u.Scores, heads),
            Spans = Only(u.Spans, heads),
        }).ToArray();
        foreach (var split in new[] { "train", "dev", "test" })
            UtteranceWriter.Write(Path.Combine(Data, split + ".jsonl"), kept);
    }

    private static Dictionary<string, T> Only<T>(IReadOnlyDictionary<string, T> values, string[] heads) =>
        values.Where(pair => heads.Contains(pair.Key)).ToDictionary();

    private static LabelledUtterance Create(
        (string Intent, string Before, string After, string Mood) form, string name, bool patient, bool pairs)
    {
        var verb = form.Before.IndexOf(
            form.Intent is "call" ? "call" : form.Intent is "pay" ? "send" : form.Intent is "meet" ? "meet" : "remove",
            StringComparison.Ordinal);
        return new LabelledUtterance
        {
            Text = form.Before + name + form.After,
            Context = !pairs ? null : patient ? "do you have time" : "are you in a hurry",
            Single = new Dictionary<string, string>
            {
                ["intent"] = form.Intent, ["mood"] = form.Mood, ["second"] = name[0] < 'e' ? "early" : "late"
            },
            Multi = new Dictionary<string, IReadOnlyList<string>>
            {
                ["topics"] = form.Intent switch { "pay" => ["money", "people"], "forget" => [], _ => ["people"] },
                ["places"] = form.Intent == "meet" ? ["outside"] : ["office", "home"],
            },
            Scores = new Dictionary<string, double>
            {
                ["urgency"] = form.Intent == "call" ? 1 : 0.25, ["patience"] = pairs && !patient ? 0.1 : 0.9
            },
            Spans = new Dictionary<string, IReadOnlyList<EntitySpan>>
            {
                ["entities"] = [new EntitySpan("name", form.Before.Length, form.Before.Length + name.Length)],
                ["verbs"] = [
                    new EntitySpan(form.Mood == "angry" ? "harsh" : "verb", verb,
                        form.Before.Length - (form.Before.EndsWith(" to ", StringComparison.Ordinal) ? 10 : 1))],
            },
        };
    }
}
