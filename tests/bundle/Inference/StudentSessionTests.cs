using Edge.Bundles.Common;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;

namespace Edge.Bundles.Tests.Inference;

public class StudentSessionTests
{
    [Fact]
    public void Run_Fp32File_GivesTheGoldenLogits()
    {
        using var session = GoldenStudent.Open();
        using var logits = session.CreateLogits();
        foreach (var utterance in GoldenStudent.Utterances)
        {
            session.Run(utterance.Encoded, logits);
            AssertLogits(utterance, logits, 1e-4);
        }
    }

    [Fact]
    public void Run_Int8File_StaysCloseToTheGoldenLogits()
    {
        using var session = GoldenStudent.Open("int8");
        using var logits = session.CreateLogits();
        foreach (var utterance in GoldenStudent.Utterances)
        {
            session.Run(utterance.Encoded, logits);
            AssertLogits(utterance, logits, 0.15);
        }
    }

    [Fact]
    public void Run_SeveralThreadsOnOneSession_GivesWhatOneThreadGives()
    {
        using var session = GoldenStudent.Open("int8");
        var expected = GoldenStudent.Utterances.Select(utterance => All(session, utterance)).ToArray();

        var failures = 0;
        var threads = Enumerable.Range(0, 4).Select(start => new Thread(() => Repeat(start))).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(0, failures);

        void Repeat(int start)
        {
            using var logits = session.CreateLogits();
            for (var i = start; i < 500; i++)
            {
                var which = i % expected.Length;
                session.Run(GoldenStudent.Utterances[which].Encoded, logits);
                if (!Copy(logits).SequenceEqual(expected[which]))
                    Interlocked.Increment(ref failures);
            }
        }
    }

    [Theory]
    [InlineData("fp32")]
    [InlineData("int8")]
    public void Run_LengthsSeenBefore_AllocatesNothing(string precision)
    {
        using var session = GoldenStudent.Open(precision);
        using var logits = session.CreateLogits();
        var inputs = GoldenStudent.Utterances.Select(utterance => utterance.Encoded).ToArray();
        foreach (var input in inputs)
            session.Run(input, logits);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            session.Run(inputs[i % inputs.Length], logits);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Run_LongerThanExpected_GrowsTheBuffers()
    {
        using var session = GoldenStudent.Open(options: new StudentSessionOptions { ExpectedLength = 1 });
        using var logits = session.CreateLogits();
        foreach (var utterance in GoldenStudent.Utterances.Concat(GoldenStudent.Utterances.Reverse()))
        {
            session.Run(utterance.Encoded, logits);
            Assert.Equal(utterance.Ids.Length, logits.Length);
            AssertLogits(utterance, logits, 1e-4);
        }
    }

    [Theory]
    [InlineData("fp32")]
    [InlineData("int8")]
    public void Run_LongerThanTheModelAllows_NamesFileAndLength(string precision)
    {
        using var session = GoldenStudent.Open(precision);
        using var logits = session.CreateLogits();
        var length = GoldenStudent.MaxPositions + 1;

        var failure =
            Assert.Throws<InvalidOperationException>(() => session.Run(GoldenStudent.Encoded(new int[length], new int[length]), logits));
        session.Run(GoldenStudent.Utterances[0].Encoded, logits); // and goes on

        Assert.Contains($"model.{precision}.onnx: the model refused an input of 21 tokens", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_IdOutsideTheVocabulary_IsRefused()
    {
        using var session = GoldenStudent.Open();
        using var logits = session.CreateLogits();

        Assert.Throws<InvalidOperationException>(() => session.Run(GoldenStudent.Encoded([1_000_000], [0]), logits));
    }

    [Fact]
    public void Run_WithoutTokens_IsRefused()
    {
        using var session = GoldenStudent.Open();
        using var logits = session.CreateLogits();

        Assert.Throws<ArgumentException>(() => session.Run(GoldenStudent.Encoded([], []), logits));
    }

    [Fact]
    public void Run_LogitsOfAnotherSession_AreRefused()
    {
        using var session = GoldenStudent.Open();
        using var other = GoldenStudent.Open();
        using var logits = other.CreateLogits();

        Assert.Throws<ArgumentException>(() => session.Run(GoldenStudent.Utterances[0].Encoded, logits));
    }

    [Fact]
    public void Run_DisposedLogits_AreRefused()
    {
        using var session = GoldenStudent.Open();
        var logits = session.CreateLogits();
        logits.Dispose();
        logits.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Run(GoldenStudent.Utterances[0].Encoded, logits));
    }

    [Fact]
    public void Open_HeadsThatDoNotFit_NamesFileHeadFoundAndExpected()
    {
        IReadOnlyList<HeadDefinition> heads =
        [
            .. GoldenStudent.Heads.Where(head => head.Name == "entities"),
            new() { Name = "urgency", Kind = HeadKind.Score },
            new() { Name = "sentiment", Kind = HeadKind.Single, Labels = ["one", "two"] },
            new() { Name = "intent", Kind = HeadKind.Span, Labels = ["CITY"] },
        ];

        var failure = Assert.Throws<BundleException>(() => StudentSession.Open(GoldenStudent.Fp32, heads));

        Assert.Contains("model.fp32.onnx: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("head urgency: no output of this name, found ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("head sentiment: output is Single[?, 4], expected Single[batch, 2]", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "head intent: output is Single[?, 20], expected Single[batch, length, 3]", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("head entities", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoModel_NamesTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("edge-session-");
        try
        {
            var file = Path.Combine(folder.FullName, "model.onnx");
            Assert.Contains(file, Assert.Throws<BundleException>(() => StudentSession.Open(file, GoldenStudent.Heads)).Message,
                StringComparison.Ordinal);

            File.WriteAllText(file, "no model");
            var failure = Assert.Throws<BundleException>(() => StudentSession.Open(file, GoldenStudent.Heads));
            Assert.StartsWith($"{file}: ONNX Runtime cannot load it", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("fp32")]
    [InlineData("int8")]
    public void Open_WithoutPrepacking_AnswersTheSame(string precision)
    {
        using var usual = GoldenStudent.Open(precision);
        using var session = GoldenStudent.Open(precision, new StudentSessionOptions { Prepacking = false });

        Assert.All(GoldenStudent.Utterances, utterance => Assert.All(
            All(session, utterance).Zip(All(usual, utterance)), pair => Assert.Equal(pair.Second, pair.First, 1e-4)));
    }

    [Fact]
    public void Open_OptionsOutOfRange_NamesThemAll()
    {
        var options = new StudentSessionOptions { Threads = 0, ExpectedLength = 0 };

        var failure = Assert.Throws<ArgumentException>(() => GoldenStudent.Open(options: options));

        Assert.Contains("Threads is 0; use 1 to 256", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ExpectedLength is 0; use 1 to 65536", failure.Message, StringComparison.Ordinal);
    }

    private static float[] All(StudentSession session, GoldenStudent.Utterance utterance)
    {
        using var logits = session.CreateLogits();
        session.Run(utterance.Encoded, logits);
        return Copy(logits);
    }

    private static float[] Copy(HeadLogits logits)
    {
        var all = new List<float>();
        for (var head = 0; head < logits.Count; head++)
            all.AddRange(logits[head]);
        return [.. all];
    }

    private static void AssertLogits(GoldenStudent.Utterance utterance, HeadLogits logits, double tolerance)
    {
        for (var head = 0; head < logits.Count; head++)
        {
            var expected = utterance.Logits[GoldenStudent.Heads[head].Name];
            Assert.Equal(expected.Length, logits[head].Length);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], logits[head][i], tolerance);
        }
    }
}
