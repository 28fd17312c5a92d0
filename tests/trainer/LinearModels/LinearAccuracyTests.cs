using System.Diagnostics;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.LinearModels;
using Edge.Trainer.Tests.Data;

namespace Edge.Trainer.Tests.LinearModels;

/// <summary>What linear models reach on the development data; the figures are printed, the least of them are asserted.</summary>
public class LinearAccuracyTests(ITestOutputHelper output)
{
    // Set, to print what the whole sets give; without, parts of them keep the tests fast.
    private static readonly bool Whole = Environment.GetEnvironmentVariable("EDGE_WHOLE_SETS") == "1";

    [Fact]
    public void Waimai_TestAccuracy_IsThatOfGoodLinearModels() => Assert.InRange(Measure("waimai", int.MaxValue)["sentiment"], 0.91, 1);

    [Fact]
    public void Atis_IntentAndEntities_AreGood()
    {
        var scores = Measure("atis", 500);
        Assert.InRange(scores["intent"], 0.8, 1);
        Assert.InRange(scores["entities"], 0.75, 1);
    }

    [Fact]
    public void Cais_IntentAndEntities_AreGood()
    {
        var scores = Measure("cais", 2000);
        Assert.InRange(scores["intent"], 0.92, 1);
        Assert.InRange(scores["entities"], 0.75, 1);
    }

    [Fact]
    public void Msra_EntitiesOfASmallPart_AreGood() => Assert.InRange(Measure("msra-ner", 1500)["entities"], 0.5, 1);

    private Dictionary<string, double> Measure(string set, int most)
    {
        var folder = SharedData.Folder(set);
        most = Whole ? int.MaxValue : most;
        var train = DataFile.Read(Path.Combine(folder, "train.jsonl")).Take(most).ToArray();
        var test = DataFile.Read(Path.Combine(folder, "test.jsonl")).Take(Whole ? int.MaxValue : 1200).ToArray();
        var task = TaskInference.Infer(train);
        var watch = Stopwatch.StartNew();
        var model = LinearModel.Fit(task, train, cancellation: TestContext.Current.CancellationToken);
        var fitted = watch.Elapsed;
        var encoder = new LinearEncoder(task);
        var examples = test.Select(encoder.Encode).ToArray();
        var scores = examples.Select(model.Scores).ToArray();
        var evaluation = new EvaluationSet(test, [.. examples.Select(example => new TrainingExample(example.Words, example.Targets))]);
        var report = Evaluator.Evaluate("linear", task, evaluation, scores, task.Heads.ToDictionary(head => head.Name, _ => 1f));
        output.WriteLine(
            $"{set}: fitted in {fitted.TotalSeconds:0.0} s, all in {watch.Elapsed.TotalSeconds:0.0} s: {report.ToJson().ToJsonString()}");
        return report.Heads.ToDictionary(head => head.Name, head => head.Report.Score);
    }
}
