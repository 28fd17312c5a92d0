using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.LinearModels;
using Edge.Trainer.Tests.Data;

namespace Edge.Trainer.Tests.LinearModels;

public class LinearModelTests
{
    private static readonly string[] Names = ["anna", "bert", "carl", "dora", "emil", "fritz", "gerd", "hans"];

    [Fact]
    public void Fit_AllKindsOfHeads_AreLearned()
    {
        var (task, utterances) = Calls();
        var model = Fit(task, utterances, 1);

        foreach (var utterance in utterances)
        {
            var (single, multi, score, span) = Four(model.Probabilities(utterance));
            Assert.Equal(utterance.Single["intent"], task.Heads[0].Labels[single.IndexOf(single.Max())]);
            Assert.Equal(1, single.Sum(), 4);
            Assert.Equal(utterance.Multi["topics"].Order(), task.Heads[1].Labels.Where((_, i) => multi[i] > 0.5).Order());
            Assert.Equal(utterance.Scores["urgency"], score[0], 0.2);
            var name = utterance.Spans["entities"][0];
            var words = utterance.Text.Split(' ');
            var at = utterance.Text[..name.Start].Count(c => c == ' ');
            for (var word = 0; word < words.Length; word++)
                Assert.True(span[(word * 3) + (word == at ? BioTags.Begin(0) : BioTags.O)] > 0.5, utterance.Text);
        }
    }

    [Fact]
    public void Fit_LabelThatOnlyThreeWordsTogetherTell_IsLearned()
    {
        var task = new TaskDefinition
        {
            MaxLength = 16, Heads = [new() { Name = "intent", Kind = HeadKind.Single, Labels = ["same", "different"] }]
        };
        LabelledUtterance Make(int i)
        {
            var (first, last) = (i % 2, i / 2 % 2);
            return new LabelledUtterance
            {
                Text = $"call {i} {(first == 0 ? "anna" : "bert")} and {(last == 0 ? "anna" : "bert")} now",
                Single = new Dictionary<string, string> { ["intent"] = first == last ? "same" : "different" },
            };
        }

        var model = Fit(task, [.. Enumerable.Range(0, 200).Select(Make)]);

        Assert.All(Enumerable.Range(1000, 20).Select(Make), utterance =>
            Assert.InRange(model.Probabilities(utterance)[0][utterance.Single["intent"] == "same" ? 0 : 1], 0.8f, 1));
    }

    [Fact]
    public void Fit_Twice_GivesTheSame()
    {
        var (task, utterances) = Calls();

        var (first, second) = (Fit(task, utterances), Fit(task, utterances));

        Assert.Equal(first.Probabilities(utterances[3]), second.Probabilities(utterances[3]));
    }

    [Fact]
    public void Probabilities_ManyThreads_AreTheSame()
    {
        var (task, utterances) = Calls();
        var model = Fit(task, utterances);
        var expected = utterances.Select(model.Probabilities).ToArray();

        Parallel.For(0, 2000, i => Assert.Equal(expected[i % expected.Length], model.Probabilities(utterances[i % expected.Length])));
    }

    [Fact]
    public void Probabilities_HeadWithoutAnnotation_AreEven()
    {
        var (task, utterances) = Calls();
        var model = Fit(task, [.. utterances.Select(u => new LabelledUtterance { Text = u.Text, Single = u.Single })]);

        Assert.All(model.Probabilities(utterances[0])[1], probability => Assert.Equal(0.5f, probability));
    }

    [Fact]
    public void Probabilities_ByToken_FollowTheWords()
    {
        var (task, utterances) = Calls();
        using var folder = new TempFolder();
        var vocabulary = Path.Combine(folder.Path, "vocab.txt");
        // Pieces of one and two letters: every name is several tokens.
        File.WriteAllLines(vocabulary,
            (string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
                .. "abcdefghijklmnopqrstuvwxyz".SelectMany(c => new[] { $"{c}", $"##{c}" })]);
        var tokenizer = UtteranceTokenizer.Load(vocabulary, new TokenizerSettings());
        var model = Fit(task, utterances, 1);
        var utterance = utterances[0] with { Context = "what do you want" };
        var encoded = tokenizer.Encode(utterance.Text, utterance.Context, 64);

        var tags = model.Probabilities(utterance, encoded)[3];
        var gold = TagAlignment.Align(encoded, utterance.Spans["entities"], task.Heads[3].Labels);

        Assert.Equal(encoded.Length * 3, tags.Length);
        for (var token = 0; token < encoded.Length; token++)
        {
            Assert.Equal(1, tags.AsSpan(token * 3, 3).ToArray().Sum(), 4);
            Assert.True(tags[(token * 3) + Math.Max(0, gold[token])] > 0.5, $"token {token}");
        }
    }

    [Fact]
    public void Folds_EqualTexts_ShareOne()
    {
        var (_, utterances) = Calls();
        LabelledUtterance[] doubled = [.. utterances, .. utterances.Select(u => u with { Text = u.Text.ToUpperInvariant() })];

        var folds = Folds.Assign(doubled, 4, 7);

        Assert.Equal(folds[..utterances.Count], folds[utterances.Count..]);
        Assert.Equal(folds, Folds.Assign(doubled, 4, 7));
        Assert.Equal([0, 1, 2, 3], folds.Distinct().Order());
        // Each fold has about as many of each label.
        Assert.All(doubled.Zip(folds).GroupBy(pair => (pair.First.Single["intent"], pair.Second)),
            group => Assert.InRange(group.Count(), 2, 6));
    }

    [Fact]
    public void OutOfFold_WrongLabel_IsDoubted()
    {
        var (task, utterances) = Calls();
        var wrong = utterances.ToArray();
        wrong[0] = wrong[0] with { Single = new Dictionary<string, string> { ["intent"] = "pay" } };

        var judged = OutOfFold.Compute(task, wrong, cancellation: TestContext.Current.CancellationToken);

        var pay = task.Heads[0].Labels.ToList().IndexOf("pay");
        Assert.True(judged.Probabilities(0)[0][pay] < 0.3);
        Assert.All(Enumerable.Range(1, wrong.Length - 1), i =>
            Assert.True(judged.Probabilities(i)[0][task.Heads[0].Labels.ToList().IndexOf(wrong[i].Single["intent"])] > 0.4));
    }

    private static LinearModel Fit(TaskDefinition task, IReadOnlyList<LabelledUtterance> utterances, int leastCount = 2) =>
        LinearModel.Fit(task, utterances, new LinearOptions { LeastTokenFeatureCount = leastCount }, TestContext.Current.CancellationToken);

    private static (List<float> Single, float[] Multi, float[] Score, float[] Span) Four(float[][] heads) =>
        ([.. heads[0]], heads[1], heads[2], heads[3]);

    private static (TaskDefinition Task, IReadOnlyList<LabelledUtterance> Utterances) Calls()
    {
        (string Intent, string Before, string After)[] forms =
            [("call", "please call ", " now"), ("pay", "send money to ", " today"), ("meet", "when do i meet ", "")];
        LabelledUtterance[] utterances = [.. forms.SelectMany(form => Names.Select(name => new LabelledUtterance
        {
            Text = form.Before + name + form.After,
            Single = new Dictionary<string, string> { ["intent"] = form.Intent },
            Multi = new Dictionary<string, IReadOnlyList<string>> { ["topics"] = form.Intent == "pay" ? ["money", "people"] : ["people"] },
            Scores = new Dictionary<string, double> { ["urgency"] = form.Intent == "call" ? 1 : 0.25 },
            Spans = new Dictionary<string, IReadOnlyList<EntitySpan>>
            {
                ["entities"] = [new EntitySpan("name", form.Before.Length, form.Before.Length + name.Length)]
            },
        }))];
        return (TaskInference.Infer(utterances), utterances);
    }
}
