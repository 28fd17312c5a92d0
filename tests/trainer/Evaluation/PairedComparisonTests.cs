using System.Globalization;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class PairedComparisonTests
{
    private static readonly TaskDefinition Task = new()
    {
        Heads =
        [
            new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] },
            new HeadDefinition { Name = "topics", Kind = HeadKind.Multi, Labels = ["p", "q"] },
        ],
    };

    [Fact]
    public void Create_OneModelClearlyBetter_SaysSoOfThatHeadAlone()
    {
        // Of 200 utterances the first model gets 40 intents wrong, the second 4 of the same; topics differ where chance would have them.
        var first = Judge(i => i % 5 != 0, i => i % 10 != 0);
        var second = Judge(i => i % 50 != 0, i => i % 10 != 1);
        var comparison = PairedComparison.Create(first, second);

        var intent = comparison.Main.First(figure => figure.Head == "intent");
        Assert.Equal((0.8, 0.98), (intent.First, intent.Second));
        Assert.Equal(SignificanceTests.McNemar(0, 36), intent.P);
        Assert.True(intent.AdjustedP < 0.001 && intent.Difference.Low > 0.1 && intent.Difference.High < 0.26);
        var topics = comparison.Main.First(figure => figure.Head == "topics");
        Assert.True(topics.P > 0.5, topics.P.ToString(CultureInfo.InvariantCulture));
        Assert.True(topics.Difference.Low < 0 && topics.Difference.High > 0);
        var verdict = string.Join(' ', ComparisonText.Verdict(comparison, "A", "B"));
        Assert.Contains("B is better on intent by 18.00 points of accuracy (p = 0.001 or less).", verdict, StringComparison.Ordinal);
        Assert.Contains("No difference shown on topics (p = ", verdict, StringComparison.Ordinal);
        Assert.Equal("against", intent.ToJson()["verdict"]!.GetValue<string>());
        Assert.Equal("none", topics.ToJson()["verdict"]!.GetValue<string>());
    }

    [Fact]
    public void Create_AModelAgainstItself_ShowsNothing()
    {
        var model = Judge(i => i % 3 != 0, i => i % 4 != 0);
        Assert.All(PairedComparison.Create(model, model).Figures,
            figure => Assert.Equal((1.0, 0.0, 0.0), (figure.P, figure.Difference.Low, figure.Difference.High)));
    }

    [Fact]
    public void Test_SmallCase_IsCloseToAllExchanges()
    {
        // Sums of 6 differences 1, 1, 1, 1, 1, 1: all 64 exchanges, 2 of which reach |6|.
        var p = ApproximateRandomization.Test(6, weights => weights.Take(6).Sum());
        Assert.Equal(2 / 64.0, p, 0.01);
    }

    [Fact]
    public void Problems_OtherHeadsAndLabels_AreAllNamed()
    {
        var other = Task with
        {
            Heads =
            [
                Task.Heads[0] with { Labels = ["b", "c"] },
                new HeadDefinition { Name = "topics", Kind = HeadKind.Single, Labels = ["p", "q"] },
                new HeadDefinition { Name = "more", Kind = HeadKind.Score },
            ],
        };
        var problems = PairedComparison.Problems(Task, other).ToArray();

        Assert.Equal(3, problems.Length);
        Assert.Contains("only --bundle knows a; only --against knows c", problems[0], StringComparison.Ordinal);
        Assert.Contains("topics is multi in --bundle and single in --against", problems[1], StringComparison.Ordinal);
        Assert.Contains("--bundle has no head more", problems[2], StringComparison.Ordinal);
        var reordered = Task with { Heads = [Task.Heads[1] with { Labels = ["q", "p"] }, Task.Heads[0]] };
        Assert.Empty(PairedComparison.Problems(Task, reordered));
    }

    // Two hundred utterances: intent a, topic p. A wrong answer is b, or p and q.
    private static JudgedSet Judge(Func<int, bool> intentRight, Func<int, bool> topicsRight)
    {
        LabelledUtterance[] utterances =
        [
            .. Enumerable.Range(0, 200).Select(_ => new LabelledUtterance
            {
                Text = "made",
                Single = new Dictionary<string, string> { ["intent"] = "a" },
                Multi = new Dictionary<string, IReadOnlyList<string>> { ["topics"] = ["p"] },
            }),
        ];
        var set = new EvaluationSet(utterances,
            [.. utterances.Select(
                _ => new TrainingExample(
                    new EncodedUtterance { Ids = [], TypeIds = [], Offsets = [], TextStart = 0, TextCount = 0, Truncated = false }, []))]);
        return new JudgedSet(set,
        [
            new JudgedHead(Task.Heads[0],
                [.. utterances.Select(
                    (u, i) => JudgedAnswer.Create(
                        Task.Heads[0], i, u, new HeadPrediction { Head = "intent", Label = intentRight(i) ? "a" : "b", Confidence = 1 }))]),
            new JudgedHead(Task.Heads[1],
                [.. utterances.Select(
                    (u, i) => JudgedAnswer.Create(Task.Heads[1], i, u,
                        new HeadPrediction { Head = "topics", Labels = topicsRight(i) ? ["p"] : ["p", "q"], Confidence = 1 }))]),
        ]);
    }
}
