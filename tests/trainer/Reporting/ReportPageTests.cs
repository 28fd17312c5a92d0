using System.Xml.Linq;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Reporting;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;
using Edge.Trainer.Training.History;

namespace Edge.Trainer.Tests.Reporting;

public sealed class ReportPageTests
{
    private const string Evil = "<script>alert('x')</script> & \"q\" 13800138000 \u0001\ud800 ]]> &amp;";

    private static readonly TaskDefinition Task = new()
    {
        Language = "zh",
        Heads =
        [
            new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["查物流", "<b>退款</b>", "其他"] },
            new HeadDefinition { Name = "topics", Kind = HeadKind.Multi, Labels = ["p", "q"] },
            new HeadDefinition { Name = "fit", Kind = HeadKind.Score },
            new HeadDefinition { Name = "entities", Kind = HeadKind.Span, Labels = ["PHONE", "x\"y"] },
        ],
    };

    [Fact]
    public void Create_EveryKindOfHead_IsOneWellFormedFileWithoutReferences()
    {
        var html = HtmlFile.ToText(ReportPage.Create(Content(Task)));

        Assert.StartsWith("<!DOCTYPE html>\n<html", html, StringComparison.Ordinal);
        var page = XDocument.Parse(html[html.IndexOf('\n', StringComparison.Ordinal)..], LoadOptions.PreserveWhitespace);
        Assert.All(page.Descendants(),
            element => Assert.DoesNotContain(
                element.Name.LocalName, new[] { "script", "link", "iframe", "object", "embed", "img", "a", "base" }));
        Assert.All(page.Descendants().Attributes(), attribute =>
        {
            Assert.False(
                attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || attribute.Name.LocalName is "src" or "href" or "action", attribute.ToString());
        });
        var style = page.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        // The style sheet is raw text to an HTML parser: nothing in it may need escaping.
        Assert.DoesNotContain('&', style);
        Assert.DoesNotContain('<', style);
        Assert.DoesNotContain('>', style);
        // An HTML parser takes <div/> for a start tag.
        Assert.DoesNotMatch("<(?!meta|input)[a-z]+[^<>]*/>", html);
        Assert.All(page.Descendants("svg").Where(svg => svg.Attribute("role") is not null), svg =>
            Assert.Contains(page.Descendants(), element => element.Attribute("id")?.Value == svg.Attribute("aria-labelledby")!.Value));
        var ids = page.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>().ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Create_Headings_SkipNoLevel()
    {
        var history = new TrainingHistory();
        var phase = history.Begin("student");
        for (var step = 0; step < 5; step++)
            phase.Step(step, [("intent", 2)], 3, 1e-3, 100);
        phase.Evaluation(4, 0.5, 2);
        var content = Content(Task);
        var page = ReportPage.Create(
            content with
            {
                Run = RunRecord.Of(history, content.Task, content.Judged.Set.Utterances),
                Stress = [new StressResult("typos", content.Figures)]
            });
        int[] levels = [
            .. page.Descendants().Select(element => element.Name.LocalName).Where(name => name is ['h', >= '1' and <= '6'])
                .Select(name => name[1] - '0')];

        Assert.Equal(1, levels[0]);
        Assert.Contains(3, levels);
        Assert.All(levels.Skip(1).Zip(levels),
            pair => Assert.True(pair.First <= pair.Second + 1, $"h{pair.Second} and then h{pair.First}"));
    }

    [Fact]
    public void Create_MaliciousUtterance_IsShownAsTextAndMasked()
    {
        var html = HtmlFile.ToText(ReportPage.Create(Content(Task)));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>退款", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert('x')&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;退款&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("\uFFFD\uFFFD ]]&gt; &amp;amp;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "show-zh", "模型报告")]
    [InlineData("en", "show-en", "Model report")]
    public void Create_TaskOfALanguage_OpensInItAndHoldsBoth(string language, string chosen, string title)
    {
        var page = ReportPage.Create(Content(Task with { Language = language }));

        Assert.Equal(chosen, page.Descendants("input").Single(input => input.Attribute("checked") is not null).Attribute("id")!.Value);
        Assert.Equal(title, page.Descendants("title").First().Value);
        Assert.Equal(2, page.Descendants("input").Count());
        // Whatever is said is said in both languages: they come in pairs.
        Assert.All(page.Descendants().Where(element => IsIn(element, "zh")),
            element => Assert.True(IsIn((XElement)element.NextNode!, "en"), element.ToString()));
        Assert.True(page.Descendants().Count(element => IsIn(element, "en")) > 60);

        static bool IsIn(XElement element, string language) => element.Attribute("class")?.Value.Split(' ')[0] == language;
    }

    [Fact]
    public void Create_RunAndStress_ShowsCurvesTeacherAndDrops()
    {
        var history = new TrainingHistory { Seed = 7 };
        var phase = history.Begin("student");
        for (var step = 0; step < 50; step++)
            phase.Step(step, [("intent", 2 - (step * 0.03)), ("intent soft", 1 - (step * 0.01))], 3 - (step * 0.04), 1e-3, 100);
        phase.Evaluation(25, 0.5, 2);
        phase.Evaluation(49, 0.75, 1);
        var content = Content(Task);
        history.Teacher = content.Figures;
        content = content with
        {
            Run = RunRecord.Of(history, content.Task, content.Judged.Set.Utterances),
            Stress = [new StressResult("typos", content.Figures with { SentenceAccuracy = 0 })],
            OtherPrecisions = [content.Figures with { Precision = "fp32" }],
        };
        var text = ReportPage.Create(content).Value;

        Assert.Contains("Loss: student", text, StringComparison.Ordinal);
        Assert.Contains("意图（软标签）", text, StringComparison.Ordinal);
        Assert.Contains("Dev score: best 75.0\u00A0%", text, StringComparison.Ordinal);
        Assert.Contains("Teacher", text, StringComparison.Ordinal);
        Assert.Contains("Student FP32", text, StringComparison.Ordinal);
        Assert.Contains("错别字", text, StringComparison.Ordinal);
        Assert.Contains("seed 7", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_AnyTask_ShowsEveryPartThatSupervisorsUse()
    {
        var page = ReportPage.Create(Content(Task));

        Assert.All(
            new[]
            {
                "In short", "Can its confidence be trusted", "How much can be automated", "Worst mistakes", "What to label next",
                "自报的把握可信吗", "最严重的错误", "接下来标注什么"
            },
            words => Assert.Contains(words, page.Value, StringComparison.Ordinal));
        Assert.Contains(page.Descendants("mark"), mark => mark.Attribute("class")!.Value == "differs");
        Assert.True(page.Descendants("svg").Count() >= 4, "a reliability diagram and a coverage curve for each head that chooses");
    }

    [Fact]
    public void Create_ManyLongLabels_ShowsTheWeakestFirstAndKeepsTheMatrixSmall()
    {
        var labels = Enumerable.Range(0, 60).Select(i => $"a_very_long_label_name_that_goes_on.and_on.{i}").ToArray();
        var head = new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = labels };
        var utterances = Enumerable.Range(0, 600)
            .Select(i => Utterance("text " + i) with { Single = new Dictionary<string, string> { ["intent"] = labels[i % 60] } }).ToArray();
        var judged = Judge(Task with { Heads = [head] }, utterances,
            (_, i) => new HeadPrediction { Head = "intent", Label = labels[i % 7 == 0 ? (i + 1) % 60 : i % 60], Confidence = 0.9f });
        var page = ReportPage.Create(Content(Task with { Heads = [head] }) with { Judged = judged, Figures = judged.Report("int8", true) });

        Assert.Single(page.Descendants("details"), details => details.Value.Contains("All 60 labels", StringComparison.Ordinal));
        var heat = page.Descendants("table").Single(table => table.Attribute("class")?.Value == "heat");
        Assert.Equal(22, heat.Element("tbody")!.Elements("tr").Count());
    }

    [Fact]
    public void Create_ManyRareLabelsAllRight_HasNoEmptyTables()
    {
        var labels = Enumerable.Range(0, 40).Select(i => $"label{i}").ToArray();
        var task = Task with { Heads = [new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = labels }] };
        var utterances =
            labels.Select(label => Utterance(label) with { Single = new Dictionary<string, string> { ["intent"] = label } }).ToArray();
        var judged = Judge(task, utterances, (_, i) => new HeadPrediction { Head = "intent", Label = labels[i], Confidence = 0.9f });
        var page = ReportPage.Create(Content(task) with { Judged = judged, Figures = judged.Report("int8", true) });

        Assert.DoesNotContain(page.Descendants("table"), table => table.Attribute("class")?.Value == "heat");
        Assert.DoesNotContain("weakest", page.Value, StringComparison.Ordinal);
        Assert.Single(page.Descendants("details"), details => details.Value.Contains("All 40 labels", StringComparison.Ordinal));
    }

    private static ReportContent Content(TaskDefinition task)
    {
        var utterances = Enumerable.Range(0, 30).Select(i => Utterance(i % 3 == 0 ? Evil : $"电话 13800138000 第{i}句") with
        {
            Context = i == 0 ? "<i>context</i>" : null,
            Single = new Dictionary<string, string> { ["intent"] = i % 4 == 0 ? "<b>退款</b>" : "查物流" },
            Multi = new Dictionary<string, IReadOnlyList<string>> { ["topics"] = i % 2 == 0 ? ["p"] : ["p", "q"] },
            Scores = new Dictionary<string, double> { ["fit"] = i / 30.0 },
            Spans = new Dictionary<string, IReadOnlyList<EntitySpan>> { ["entities"] = i % 3 == 0 ? [] : [new EntitySpan("PHONE", 3, 14)] },
        }).ToArray();
        var judged = Judge(task, utterances, (head, i) => head.Kind switch
        {
            HeadKind.Single => new HeadPrediction { Head = head.Name, Label = i % 5 == 0 ? "其他" : "查物流", Confidence = 0.4f + (i / 60f) },
            HeadKind.Multi => new HeadPrediction { Head = head.Name, Labels = i % 3 == 0 ? [] : ["p"], Confidence = 0.9f },
            HeadKind.Score => new HeadPrediction { Head = head.Name, Score = i % 2, Confidence = 1 },
            _ => new HeadPrediction
            {
                Head = head.Name, Spans = i % 3 == 1 ? [new EntitySpan("x\"y", 0, 2), new EntitySpan("PHONE", 3, 14)] : [],
                Confidence = 0.7f
            },
        });
        return new ReportContent
        {
            Created = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero),
            Task = task,
            Data = "test.jsonl",
            Judged = judged,
            Figures = judged.Report("int8", intervals: true),
            Thresholds = new Dictionary<string, float> { ["intent"] = 0.6f },
        };
    }

    private static JudgedSet Judge(TaskDefinition task, LabelledUtterance[] utterances, Func<HeadDefinition, int, HeadPrediction> answer)
    {
        var none = new TrainingExample(
            new EncodedUtterance { Ids = [], TypeIds = [], Offsets = [], TextStart = 0, TextCount = 0, Truncated = false }, []);
        return new JudgedSet(
            new EvaluationSet(utterances, [.. utterances.Select(_ => none)]),
            [.. task.Heads.Select(
                head => new JudgedHead(
                    head, [.. utterances.Select((utterance, i) => JudgedAnswer.Create(head, i, utterance, answer(head, i)))]))]);
    }

    private static LabelledUtterance Utterance(string text) => new() { Text = text };
}
