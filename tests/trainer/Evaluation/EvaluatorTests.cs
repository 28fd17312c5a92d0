using System.Text.Encodings.Web;
using System.Text.Json;
using Edge.Bundles.Common;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Reporting;
using Spectre.Console;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly TaskDefinition Task = new()
    {
        Language = "en",
        Heads =
        [
            new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] },
            new HeadDefinition { Name = "entities", Kind = HeadKind.Span, Labels = ["x", "y"] },
        ],
    };

    // Three utterances of three one-letter tokens. Tags: O, B-x, I-x, B-y, I-y.
    private static readonly EvaluationSet Set = Create(
        ("a", [("x", 0, 3), ("y", 4, 5)]),
        ("b", [("x", 0, 1)]),
        ("unseen", []));

    // intent: right, wrong, wrong (a label that the model cannot know). Entities: x 0-3 right, y missed; x 0-3 instead of 0-1; none.
    private static readonly float[][][] Logits =
    [
        [[2, 0], Tags(1, 2, 0)],
        [[2, 0], Tags(1, 2, 0)],
        [[0, 2], Tags(0, 0, 0)],
    ];

    [Fact]
    public void Evaluate_HandMadeAnswers_CountsStrictly()
    {
        var report = Evaluator.Evaluate("int8", Task, Set, Logits, new Dictionary<string, float>());

        var intent = report.Heads[0].Report;
        Assert.Equal(1.0 / 3, intent["accuracy"], 1e-9);
        // a: 1 right, 1 wrong; b: 1 wrong, 1 missed; unseen: 1 missed. F1 2/3, 0, 0.
        Assert.Equal(2.0 / 9, intent["macroF1"], 1e-9);
        var entities = report.Heads[1].Report;
        Assert.Equal(1.0 / 2, entities["precision"], 1e-9);
        Assert.Equal(1.0 / 3, entities["recall"], 1e-9);
        Assert.Equal(2.0 / 5, entities["f1"], 1e-9);
        Assert.Equal(0, report.SentenceAccuracy);
        Assert.Equal(((1.0 / 3) + 0.4) / 2, report.Score, 1e-9);
    }

    [Fact]
    public void ToJson_Report_HasTheContractsKeys()
    {
        var judged = JudgedSet.Create(Task, Set, Logits, new Dictionary<string, float>());
        var json = judged.Report("int8", intervals: true).ToJson();

        Assert.Equal(
            ["precision", "count", "heads", "sentenceAccuracy", "sentenceAccuracyInterval"], json.Select(property => property.Key));
        Assert.Superset(new HashSet<string> { "accuracy", "macroF1", "ece", "aurc", "intervals" }, Keys("intent"));
        Assert.Superset(new HashSet<string> { "precision", "recall", "f1", "macroF1", "ece", "intervals" }, Keys("entities"));
        Assert.Equal(3, json["count"]!.GetValue<int>());
        Assert.Equal("int8", json["precision"]!.GetValue<string>());

        HashSet<string> Keys(string head) => [.. json["heads"]![head]!.AsObject().Select(property => property.Key)];
    }

    [Fact]
    public void Details_Report_HoldsEveryTableAndError()
    {
        var judged = JudgedSet.Create(Task, Set, Logits, new Dictionary<string, float>());
        var json = judged.Report("int8", intervals: false).ToJson();
        EvaluationDetails.AddTo(json, judged, new Dictionary<string, float> { ["intent"] = 0.5f });

        var intent = json["heads"]!["intent"]!;
        Assert.Equal("""["a","b","unseen"]""", intent["confusion"]!["labels"]!.ToJsonString());
        Assert.Equal("[[1,0,0],[1,0,0],[0,1,0]]", intent["confusion"]!["rowsAreGold"]!.ToJsonString());
        Assert.Equal("""{"label":"a","gold":1,"answered":2,"right":1,"precision":0.5,"recall":1,"f1":0.666667}""",
            intent["labels"]![0]!.ToJsonString());
        Assert.Equal(1, intent["accepted"]!["coverage"]!.GetValue<double>());
        var entities = json["heads"]!["entities"]!;
        // x at 0-3 right; y at 4-5 missed; x at 0-1 missed and x at 0-3 invented.
        Assert.Equal("""["x","y","∅"]""", entities["confusion"]!["labels"]!.ToJsonString(Relaxed));
        Assert.Equal("[[1,0,1],[0,0,1],[1,0,0]]", entities["confusion"]!["rowsAreGold"]!.ToJsonString());
        var errors = EvaluationDetails.Errors(judged).ToArray();
        Assert.Equal(3, errors.Length);
        Assert.Contains(errors, error => error["entities"]?["gold"]!.ToJsonString() == """[{"label":"x","start":0,"end":1}]""");
    }

    [Fact]
    public void Evaluate_HeadWithoutAnnotation_IsLeftOut()
    {
        var unannotated = Set with
        {
            Utterances = [.. Set.Utterances.Select(u => u with { Spans = new Dictionary<string, IReadOnlyList<EntitySpan>>() })]
        };
        var report = Evaluator.Evaluate("int8", Task, unannotated, Logits, new Dictionary<string, float>());

        Assert.Equal(["intent"], report.Heads.Select(head => head.Name));
        Assert.Equal(1.0 / 3, report.SentenceAccuracy, 1e-9);
    }

    [Fact]
    public void Evaluate_MultiAndScore_CountsLabelsAndErrors()
    {
        var task = new TaskDefinition
        {
            Heads =
            [
                new HeadDefinition { Name = "topics", Kind = HeadKind.Multi, Labels = ["p", "q"] },
                new HeadDefinition { Name = "fit", Kind = HeadKind.Score },
            ],
        };
        LabelledUtterance[] utterances =
        [
            Utterance() with { Multi = Topics("p", "q"), Scores = Fit(0.5) },
            Utterance() with { Multi = Topics("p"), Scores = Fit(0.75) },
        ];
        var set = new EvaluationSet(utterances, [.. utterances.Select(_ => new TrainingExample(Encoded(), []))]);
        // First: p only (q missed); second: p, right. Scores: sigmoid(0) = 0.5 both times.
        float[][][] logits = [[[3, -3], [0]], [[3, -3], [0]]];

        var report = Evaluator.Evaluate("fp32", task, set, logits, new Dictionary<string, float>());

        Assert.Equal(1, report.Heads[0].Report["precision"], 1e-9);
        Assert.Equal(2.0 / 3, report.Heads[0].Report["recall"], 1e-9);
        Assert.Equal(0.5, report.Heads[0].Report["exactMatch"], 1e-9);
        Assert.Equal(0.125, report.Heads[1].Report["mae"], 1e-6);
        Assert.Equal(0.5, report.SentenceAccuracy, 1e-9);

        static Dictionary<string, IReadOnlyList<string>> Topics(params string[] labels) => new() { ["topics"] = labels };
        static Dictionary<string, double> Fit(double value) => new() { ["fit"] = value };
    }

    [Fact]
    public void Report_ScoresAlone_HasNoSentenceAccuracy()
    {
        var (task, set) = Scored(u => u);
        var judged = JudgedSet.Create(task, set, [[[3, -3], [-1]], [[3, -3], [1]]], new Dictionary<string, float>());
        var report = judged.Report("int8", intervals: true);
        using var writer = new StringWriter();
        ReportTable.Print(report, [new StressResult("typos", report)],
            AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) }));

        Assert.True(double.IsNaN(report.SentenceAccuracy));
        Assert.True(report.ToJson().ContainsKey("sentenceAccuracy"));
        Assert.Null(report.ToJson()["sentenceAccuracy"]);
        Assert.Equal("fit 73.11", report.Summary);
        Assert.DoesNotContain("every head", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_MistakesOfScores_ComeLastWithoutConfidence()
    {
        var (task, set) =
            Scored(u => u.Scores["fit"] == 1 ? u with { Multi = new Dictionary<string, IReadOnlyList<string>> { ["topics"] = ["q"] } } : u);
        var judged = JudgedSet.Create(task, set, [[[3, -3], [0]], [[1, -1], [0]]], new Dictionary<string, float>());

        var errors = EvaluationDetails.Errors(judged).ToArray();

        Assert.Equal(["topics", "fit"], errors.Select(error => error.Skip(1).First().Key));
        Assert.Equal("""{"gold":["q"],"answered":["p"],"confidence":0.5344}""", errors[0]["topics"]!.ToJsonString());
        Assert.Equal("""{"gold":0,"answered":0.5}""", errors[1]["fit"]!.ToJsonString());
    }

    [Fact]
    public void Check_LogitsThatDiffer_NamesTheHead()
    {
        float[][][] other = [.. Logits.Select(u => new[] { u[0], u[1].Select(v => v + 0.001f).ToArray() })];

        LogitsParity.Check(Task, Logits, Logits, "model.fp32.onnx");
        var problem = Assert.Throws<UserException>(() => LogitsParity.Check(Task, Logits, other, "model.fp32.onnx"));
        Assert.Contains("(entities)", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(intent)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RoundingOfALargeLogit_IsNoDifferenceOfTheModels()
    {
        float[][][] large = [.. Logits.Select(u => new[] { new[] { 800, 0f }, u[1] })];
        float[][][] rounded = [.. Logits.Select(u => new[] { new[] { 800.0005f, 0 }, u[1] })];
        float[][][] other = [.. Logits.Select(u => new[] { new[] { 800.002f, 0 }, u[1] })];

        Assert.Equal(0.0005, LogitsParity.Check(Task, large, rounded, "model.fp32.onnx")["intent"], 1e-4);
        Assert.Throws<UserException>(() => LogitsParity.Check(Task, large, other, "model.fp32.onnx"));
    }

    [Fact]
    public void Check_NotANumber_Fails()
    {
        float[][][] broken = [.. Logits.Select(u => new[] { new[] { float.NaN, 0 }, u[1] })];
        Assert.Throws<UserException>(() => LogitsParity.Check(Task, Logits, broken, "model.fp32.onnx"));
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static EvaluationSet Create(params (string Intent, (string Label, int Start, int End)[] Spans)[] rows)
    {
        LabelledUtterance[] utterances =
        [
            .. rows.Select(row => Utterance() with
            {
                Single = new Dictionary<string, string> { ["intent"] = row.Intent },
                Spans = new Dictionary<string, IReadOnlyList<EntitySpan>>
                {
                    ["entities"] = [.. row.Spans.Select(s => new EntitySpan(s.Label, s.Start, s.End))]
                },
            }),
        ];
        return new EvaluationSet(utterances, [.. utterances.Select(_ => new TrainingExample(Encoded(), []))]);
    }

    // Two utterances whose scores are 0 and 1, in a task that has labels, too.
    private static (TaskDefinition Task, EvaluationSet Set) Scored(Func<LabelledUtterance, LabelledUtterance> annotate)
    {
        var task = new TaskDefinition
        {
            Heads = [new HeadDefinition { Name = "topics", Kind = HeadKind.Multi, Labels = ["p", "q"] },
                new HeadDefinition { Name = "fit", Kind = HeadKind.Score }]
        };
        LabelledUtterance[] utterances = [
            .. new[] { 0.0, 1 }.Select(
                value => annotate(Utterance() with { Scores = new Dictionary<string, double> { ["fit"] = value } }))];
        return (task, new EvaluationSet(utterances, [.. utterances.Select(_ => new TrainingExample(Encoded(), []))]));
    }

    private static LabelledUtterance Utterance() => new() { Text = "p q r", File = "made", Line = 1 };

    private static EncodedUtterance Encoded() => new()
    {
        Ids = [2, 5, 6, 7, 3],
        TypeIds = [0, 0, 0, 0, 0],
        Offsets = [default, new SourceSpan(0, 1), new SourceSpan(2, 3), new SourceSpan(4, 5), default],
        TextStart = 1,
        TextCount = 3,
        Truncated = false,
    };

    private static float[] Tags(params int[] tags) =>
        [.. new[] { 0 }.Concat(tags).Append(0).SelectMany(tag => Enumerable.Range(0, 5).Select(i => i == tag ? 6f : 0))];
}
