using System.Text;
using Edge.Appliance.Analysis;
using Edge.Appliance.Tests.Support;

namespace Edge.Appliance.Tests.Analysis;

public sealed class AnalyzerTests : IDisposable
{
    private static readonly string[] Texts =
        ["我要退款", "帮我查一下订单 a1b2c3", "物流 hello 到哪里了？", "气死了!!", "你好", "手机号是 13800138000 在哪里 please check"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-analyzer-test-");
    private readonly ServedBundle _bundle;
    private readonly Analyzer _analyzer;

    public AnalyzerTests()
    {
        TinyBundle.Write(Path.Combine(_folder.FullName, "bundle"));
        _bundle = ServedBundle.Open(Path.Combine(_folder.FullName, "bundle"), "test", "int8");
        _analyzer = new Analyzer(_bundle);
        _analyzer.WarmUp(workers: 1, threads: 1);
    }

    public void Dispose()
    {
        _analyzer.Dispose();
        _bundle.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(16, 14)]
    [InlineData(64, 62)]
    [InlineData(128, 94)]
    [InlineData(512, 173)]
    public void LengthsToWarm_LongInputs_AreNotAllOfThem(int longest, int count)
    {
        var lengths = Analyzer.LengthsToWarm(longest);

        Assert.Equal(count, lengths.Count);
        Assert.Equal(Enumerable.Range(3, Math.Min(61, longest - 2)), lengths.Take(Math.Min(61, longest - 2)));
        Assert.Equal(longest, lengths[^1]);
    }

    [Fact]
    public void Analyze_WarmUtterances_TakeNoMemoryBeyondTheAnswer()
    {
        foreach (var text in Texts)
        {
            var length = Answer(text).Length;
            Assert.Equal(Taken(() => GC.AllocateUninitializedArray<byte>(length)), Taken(() => Answer(text)));
        }
    }

    [Fact]
    public void Analyze_ManyThreadsAtOnce_AnswerAsOneDoes()
    {
        var alone = Texts.Select(text => Encoding.UTF8.GetString(Answer(text))).ToArray();

        Parallel.For(0, 400, i => Assert.Equal(alone[i % Texts.Length], Encoding.UTF8.GetString(Answer(Texts[i % Texts.Length]))));
    }

    [Fact]
    public void Dispose_Twice_GivesTheMemoryBackOnce()
    {
        var analyzed = _analyzer.Analyze(Texts[0]);
        analyzed.Dispose();
        analyzed.Dispose();
        using var first = _analyzer.Analyze(Texts[0]);
        using var second = _analyzer.Analyze(Texts[1]);

        Assert.NotSame(first.Predictions, second.Predictions);
    }

    private static long Taken(Func<byte[]> action)
    {
        action(); // as a warm process
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private byte[] Answer(string text)
    {
        using var analyzed = _analyzer.Analyze(text);
        return AnswerWriter.Write(analyzed, new AnswerDetails { Id = "1", Latency = TimeSpan.FromMilliseconds(1) });
    }
}
