using System.Text;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Tests.Analysis;

public sealed class AnswerWriterTests
{
    [Fact]
    public void Write_EveryKindOfHead_InTheDocumentedForm()
    {
        const string text = "订单U1和U2发到上海";
        var analyzed = new AnalyzedUtterance
        {
            Text = text,
            Bundle = "b",
            Heads =
            [
                new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["查物流", "退款"] },
                new HeadDefinition { Name = "entities", Kind = HeadKind.Span, Labels = ["ORDER", "CITY"] },
                new HeadDefinition { Name = "compliance", Kind = HeadKind.Multi, Labels = ["greeting"] },
                new HeadDefinition { Name = "suitability", Kind = HeadKind.Score },
            ],
            Predictions =
            [
                new HeadPrediction { Head = "intent", Label = "查物流", Confidence = 0.91234f },
                new HeadPrediction
                {
                    Head = "entities", Confidence = 0.8f,
                    Spans = [new("ORDER", 2, 4, 0.9f), new("ORDER", 5, 7, 0.8f), new("CITY", 9, 11, 0.95f)]
                },
                new HeadPrediction { Head = "compliance", Confidence = 0.7f },
                new HeadPrediction { Head = "suitability", Score = 0.25f, Confidence = 1 },
            ],
            Accepted = [true, true, false, true],
            Truncated = false,
        };

        var json = Encoding.UTF8.GetString(
            AnswerWriter.Write(
                analyzed, new AnswerDetails { Id = "c-1", Latency = TimeSpan.FromMilliseconds(1.2345), Late = true }));

        Assert.Equal("""{"id":"c-1","intent":"查物流","entities":{"ORDER":["U1","U2"],"CITY":"上海"},"compliance":[],"suitability":0.25,"""
            + """
            "spans":[{"label":"ORDER","text":"U1","start":2,"end":4,"confidence":0.9},{"label":"ORDER","text":"U2","start":5,"end":7,"confidence":0.8},{"label":"CITY","text":"上海","start":9,"end":11,"confidence":0.95}],
            "confidence":{"intent":0.9123,"entities":0.8,"compliance":0.7,"suitability":1},"accepted":{"intent":true,"entities":true,"compliance":false,"suitability":true},"bundle":"b","latencyMs":1.23,"late":true}
            """.ReplaceLineEndings(""), json);
    }

    [Fact]
    public void Write_Emoji_AndQuotes_StayValidJson()
    {
        var analyzed = new AnalyzedUtterance { Text = "", Bundle = "b", Heads = [], Predictions = [], Accepted = [], Truncated = false };

        var json = Encoding.UTF8.GetString(
            AnswerWriter.Write(analyzed, new AnswerDetails { Id = "😀\"\\\n<你>", Latency = default }));

        Assert.Equal("😀\"\\\n<你>", JsonElement.Parse(json).GetProperty("id").GetString());
        Assert.Contains("<你>", json, StringComparison.Ordinal);
    }
}
