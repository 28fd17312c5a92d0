using System.Text;
using Edge.Appliance.Analysis;
using Edge.Appliance.Answering;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Appliance.Tests.Answering;

public sealed class UtteranceReaderTests
{
    private readonly UtteranceReader _reader = new(maxTextLength: 20);

    [Fact]
    public void Read_EveryField()
    {
        var utterance =
            Read("""{"id":"c","text":"好的","context":"退吗","session":"s","ts":"2026-11-22T03:15:00.250Z","deadlineMs":300,"other":[1]}""");

        Assert.Equal("c", utterance.Id);
        Assert.Equal("好的", utterance.Text);
        Assert.Equal("退吗", utterance.Context);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 3, 15, 0, 250, TimeSpan.Zero), utterance.SpokenAt);
        Assert.Equal(TimeSpan.FromMilliseconds(300), utterance.Deadline);
    }

    [Fact]
    public void Read_PlainText_KeepsEveryCharacter()
    {
        var utterance = Read(" 你好\t");

        Assert.Equal(" 你好\t", utterance.Text); // offsets of the answer point into what was sent
        Assert.Null(utterance.Id);
    }

    [Fact]
    public void Read_ByteOrderMarkAndNulls_AreNothing() =>
        Assert.Equal(new Utterance { Text = "x" }, Read("\uFEFF{\"text\":\"x\",\"id\":null,\"ts\":null}"));

    [Theory]
    [InlineData("{", ErrorCodes.InvalidJson)]
    [InlineData("{} {}", ErrorCodes.InvalidJson)]
    [InlineData("{}", ErrorCodes.BadField)]
    [InlineData("""{"text":null}""", ErrorCodes.BadField)]
    [InlineData("""{"text":["a"]}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"a","id":""}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"a","context":1}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"a","session":{}}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"a","ts":"yesterday"}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"a","ts":-1}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"a","ts":1e300}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"a","deadlineMs":0}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"a","deadlineMs":"300"}""", ErrorCodes.BadField)]
    [InlineData("""{"text":"\udc00"}""", ErrorCodes.BadField)]
    [InlineData("""{"\ud800":1,"text":"a"}""", ErrorCodes.BadField)]
    [InlineData("", ErrorCodes.EmptyText)]
    [InlineData("\u3000\n", ErrorCodes.EmptyText)]
    [InlineData("123456789012345678901", ErrorCodes.TextTooLong)]
    [InlineData("""{"text":"a","context":"123456789012345678901"}""", ErrorCodes.TextTooLong)]
    public void Read_Malformed_SaysWhat(string payload, string code)
    {
        Assert.False(_reader.TryRead(Encoding.UTF8.GetBytes(payload), UtteranceForm.Either, out _, out var error));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void Read_Errors_NeverQuoteTheUtterance()
    {
        foreach (var payload in new[]
        {
            """{"text":"13812345678""", """{"text":13812345678}""", """{"id":"a","text":"13812345678 13812345678"}""",
            """{"ts":"13812345678","text":"a"}"""
        })
        {
            Assert.False(_reader.TryRead(Encoding.UTF8.GetBytes(payload), UtteranceForm.Either, out _, out var error));
            Assert.DoesNotContain("13812345678", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_AnyBytes_GiveAnUtteranceOrAnError() => Prop.ForAll<byte[], bool>((payload, isJson) =>
    {
        var form = isJson ? UtteranceForm.Json : UtteranceForm.Either;
        return _reader.TryRead(payload, form, out var utterance, out var error)
            ? utterance is not null && error is null
            : error is not null;
    }).QuickCheckThrowOnFailure();

    private Utterance Read(string payload)
    {
        Assert.True(
            _reader.TryRead(Encoding.UTF8.GetBytes(payload), UtteranceForm.Either, out var utterance, out var error), error?.Message);
        return utterance;
    }
}
