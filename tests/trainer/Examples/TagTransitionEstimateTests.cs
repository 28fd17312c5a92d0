using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Tests.Examples;

public sealed class TagTransitionEstimateTests
{
    [Fact]
    public void AddTo_SpanHead_LearnsWhatFollowsWhat()
    {
        // O B I O, ten times; the tags of [CLS] and [SEP] do not count.
        var example = new TrainingExample(
            new EncodedUtterance
            {
                Ids = [2, 5, 6, 7, 8, 3], TypeIds = new int[6], Offsets = new SourceSpan[6], TextStart = 1, TextCount = 4, Truncated = false
            },
            [new HeadTarget(HeadTarget.NotAnnotated, null, [HeadTarget.NotAnnotated, 0, 1, 2, 0, HeadTarget.NotAnnotated])]);
        var task = new TaskDefinition { Heads = [new() { Name = "entities", Kind = HeadKind.Span, Labels = ["CITY"] }] };

        var transitions = TagTransitionEstimate.AddTo(task, [.. Enumerable.Repeat(example, 10)]).Heads[0].Transitions!;

        // P(O) = 21/43, P(B) = P(I) = 11/43; every tag is left ten times, and five more are imagined.
        // 0.2 × ln((10 / P(next) + 5) / 15), unseen 0.2 × ln(5 / 15).
        Assert.Equal("[-0.2197,-0.2197,-0.2197]", Unseen(transitions));
        Assert.Equal("[[0,1,0.2156],[1,2,0.2156],[2,0,0.1059]]", Seen(transitions));
    }

    private static string Unseen(TagTransitions transitions) => Json(transitions).GetProperty("unseen").GetRawText();

    private static string Seen(TagTransitions transitions) => Json(transitions).GetProperty("seen").GetRawText();

    private static System.Text.Json.JsonElement Json(TagTransitions transitions) =>
        System.Text.Json.JsonSerializer.SerializeToElement(transitions);
}
