using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Export;
using Edge.Trainer.Ngrams;
using Edge.Trainer.Tests.Export;

namespace Edge.Trainer.Tests.Ngrams;

public sealed class NgramTests
{
    [Fact]
    public void Write_AnyTokens_GivesDifferentNumbersForDifferentNgramsOnly()
    {
        var numbers = new Dictionary<long, (int, string)>();
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            int[] ids = [.. Enumerable.Range(0, 5).Select(_ => random.Next(1, 30_000))];
            var written = new long[NgramKinds.Count];
            NgramKinds.Write(ids, 2, written);
            Assert.All(written, number => Assert.InRange(number, 0, long.MaxValue));
            Assert.Equal(written.Length, written.Distinct().Count());
            Assert.True(numbers.TryAdd(written[6], (i, $"{ids[1]} {ids[2]}")) || numbers[written[6]].Item2 == $"{ids[1]} {ids[2]}");
        }
    }

    [Fact]
    public void Write_AtTheEnds_ReadsOnePieceBeyond()
    {
        var (short1, long1) = (new long[NgramKinds.Count], new long[NgramKinds.Count]);
        NgramKinds.Write([7, 8], 1, short1);
        NgramKinds.Write([NgramKinds.Beyond, 7, 8, NgramKinds.Beyond, NgramKinds.Beyond], 2, long1);

        Assert.Equal(long1, short1);
    }

    [Fact]
    public void Fit_RepeatedPatterns_FindsThemInNewUtterances()
    {
        // 11 begins a name of one token, 12 and 13 are one of two; 20 is one label, 21 the other.
        var task = new TaskDefinition
        {
            MaxLength = 16,
            Heads = [new() { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] },
                new() { Name = "entities", Kind = HeadKind.Span, Labels = ["X", "Y"] }],
        };
        var random = new Random(3);
        TrainingExample Make()
        {
            var label = random.Next(2);
            List<int> ids = [2, 20 + label];
            List<int> tags = [HeadTarget.NotAnnotated, 0];
            for (var i = 0; i < 5; i++)
            {
                switch (random.Next(3))
                {
                    case 0: ids.Add(11); tags.Add(1); break;
                    case 1: ids.AddRange([12, 13]); tags.AddRange([3, 4]); break;
                    default: ids.Add(30 + random.Next(5)); tags.Add(0); break;
                }
            }
            ids.Add(3);
            tags.Add(HeadTarget.NotAnnotated);
            var encoded = new EncodedUtterance
            {
                Ids = [.. ids], TypeIds = new int[ids.Count], Offsets = new SourceSpan[ids.Count], TextStart = 1, TextCount = ids.Count - 2,
                Truncated = false,
            };
            return new TrainingExample(
                encoded, [new HeadTarget(label, null, null), new HeadTarget(HeadTarget.NotAnnotated, null, [.. tags])]);
        }
        TrainingExample[] train = [.. Enumerable.Range(0, 200).Select(_ => Make())], dev = [.. Enumerable.Range(0, 40).Select(_ => Make())];

        var table = NgramFitting.Fit(task, train, dev, new NgramOptions(), 1, TestContext.Current.CancellationToken)!;

        float[][][] scores = [.. dev.Select(example => table.Of(example.Encoded))];
        Assert.InRange(HeadLikelihood.NegativeLog(task.Heads[0], 0, dev, scores, 1), 0, 0.1);
        Assert.InRange(HeadLikelihood.NegativeLog(task.Heads[1], 1, dev, scores, 1), 0, 0.1);

        // An encoder that knows nothing gains from it; one that knows everything needs no table.
        float[][][] nothing = [.. scores.Select(heads => heads.Select(values => new float[values.Length]).ToArray())];
        Assert.NotNull(NgramMixture.Fit(task, table, dev, nothing, out var line).Table);
        Assert.Contains("intent", line, StringComparison.Ordinal);
        float[][][] everything = [.. dev.Select(Certain)];
        Assert.Null(NgramMixture.Fit(task, table, dev, everything, out _).Table);

        float[][] Certain(TrainingExample example)
        {
            var intent = new float[2];
            intent[example.Targets[0].Label] = 40;
            var entities = new float[example.Encoded.Length * 5];
            for (var i = example.Encoded.TextStart; i < example.Encoded.TextStart + example.Encoded.TextCount; i++)
                entities[(i * 5) + example.Targets[1].Tags![i]] = 40;
            return [intent, entities];
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_LabelOfAnUtterance_ReadsTriplesWhereTheyTellMore(bool tell)
    {
        // 20 or 21, something between, 20 or 21: the label is whether both are the same, or, among pieces that hardly come again, the
        // first.
        var task = new TaskDefinition { MaxLength = 16, Heads = [new() { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] }] };
        var random = new Random(3);
        TrainingExample Make(int _)
        {
            var (first, last) = (random.Next(2), random.Next(2));
            int[] ids = tell ? [2, 30, 20 + first, 40, 20 + last, 3] : [2, random.Next(100, 9000), 20 + first, random.Next(100, 9000), 3];
            var encoded = new EncodedUtterance
            {
                Ids = ids, TypeIds = new int[ids.Length], Offsets = new SourceSpan[ids.Length], TextStart = 1, TextCount = ids.Length - 2,
                Truncated = false,
            };
            return new TrainingExample(encoded, [new HeadTarget(tell ? first ^ last : first, null, null)]);
        }
        TrainingExample[] train = [.. Enumerable.Range(0, 200).Select(Make)], dev = [.. Enumerable.Range(0, 60).Select(Make)];

        var table = NgramFitting.Fit(task, train, dev, new NgramOptions(), 1, TestContext.Current.CancellationToken)!;

        Assert.InRange(HeadLikelihood.NegativeLog(task.Heads[0], 0, dev, [.. dev.Select(example => table.Of(example.Encoded))], 1), 0, 0.3);
        Assert.Equal(NgramKinds.OfUtterances(tell).ToArray(), table.Kinds);
    }

    [Theory]
    [InlineData(Precision.Fp32, 1e-4)]
    [InlineData(Precision.Fp16, 0.01)]
    [InlineData(Precision.Int8, 0.03)]
    public void Export_WithTable_AddsItsScoresToTheLogits(string precision, double tolerance)
    {
        // Every n-gram of some inputs has scores, so all kinds, both ends and pairs are met.
        var (config, task) = (Students.Tiny, Students.EveryKind);
        var weights = Students.Weights(config, task);
        EncodedUtterance[] inputs = [.. Enumerable.Range(3, 12).Select(length => Students.Utterance(config, task, length, length))];
        var numbers = new HashSet<long>();
        var written = new long[NgramKinds.Count];
        foreach (var input in inputs.Where((_, i) => i % 2 == 0))
        {
            for (var token = 0; token < input.Length; token++)
            {
                NgramKinds.Write(input.Ids, token, written);
                numbers.UnionWith(written);
            }
        }
        NgramTable.Starts(task.Heads, _ => true, out var columns);
        var random = new Random(4);
        var table = new NgramTable(task.Heads, [.. numbers], new PerfectHash([.. numbers]),
            [.. Enumerable.Range(0, numbers.Count * columns).Select(_ => (float)(random.NextDouble() - 0.5))], triples: false);
        using var folder = new TemporaryFolder();
        var (with, without) = (folder.File("with.onnx"), folder.File("without.onnx"));
        foreach (var (path, ngrams) in new[] { (with, table), (without, null) })
        {
            if (precision == Precision.Int8)
                Int8Exporter.Export(config, task, weights, path, ngrams);
            else if (precision == Precision.Fp16)
                Fp16Exporter.Export(config, task, weights, path, ngrams);
            else
                Fp32Exporter.Export(config, task, weights, path, ngrams);
        }

        using var both = StudentSession.Open(with, task.Heads);
        using var encoder = StudentSession.Open(without, task.Heads);
        var (sum, alone) = (both.CreateLogits(), encoder.CreateLogits());
        Assert.True(table.Count > 100);
        foreach (var input in inputs)
        {
            both.Run(input, sum);
            encoder.Run(input, alone);
            var scores = table.Of(input);
            for (var head = 0; head < task.Heads.Count; head++)
            {
                var expected = alone[head].ToArray().Zip(scores[head], (logit, score) => logit + score).ToArray();
                Assert.Contains(scores[head], score => score != 0);
                for (var i = 0; i < expected.Length; i++)
                    Assert.Equal(expected[i], sum[head][i], tolerance);
            }
        }
    }

    [Theory]
    [InlineData(Precision.Fp32)]
    [InlineData(Precision.Fp16)]
    [InlineData(Precision.Int8)]
    public void Export_HeadsNamedAsInnerNodes_AreNoConflict(string precision)
    {
        string[] inner = ["encoder", "all", "weight", "slots", "shifts", "scores", "parts", "numbers", "owners", "windows", "place", "last",
            "count", "known", "table", "sums", "utterances", "utterance", "root"];
        HeadDefinition[] heads =
        [
            .. inner[..11].Select(name => new HeadDefinition { Name = name, Kind = HeadKind.Span, Labels = ["x"] }),
            .. inner[11..].Select(name => new HeadDefinition { Name = name, Kind = HeadKind.Single, Labels = ["a", "b"] }),
        ];
        var task = Students.EveryKind with { Heads = heads };
        NgramTable.Starts(heads, _ => true, out var columns);
        using var folder = new TemporaryFolder();

        Students.Export(
            precision, Students.Tiny, task, Students.Weights(Students.Tiny, task), folder.File("model.onnx"),
            new NgramTable(heads, [7], new PerfectHash([7]), new float[columns], triples: false));

        using var session = StudentSession.Open(folder.File("model.onnx"), heads);
    }

    [Theory]
    [InlineData(Precision.Fp32, true, true, 1e-4)]
    [InlineData(Precision.Fp32, false, true, 1e-4)]
    [InlineData(Precision.Fp32, false, false, 1e-4)]
    [InlineData(Precision.Int8, true, false, 0.03)]
    [InlineData(Precision.Int8, false, true, 0.03)]
    [InlineData(Precision.Int8, false, false, 0.03)]
    public void Weighted_SomeHeadsOnly_LeavesOutWhatSaysNothing(string precision, bool ofTags, bool triples, double tolerance)
    {
        // N-grams of every kind of an input; what heads that judge utterances read is of two kinds or three.
        var read = NgramKinds.OfUtterances(triples).ToArray();
        var (config, task) = (Students.Tiny, Students.EveryKind);
        var weights = Students.Weights(config, task);
        var input = Students.Utterance(config, task, 9, 9);
        var (numbers, written) = (new List<(long Number, int Kind)>(), new long[NgramKinds.Count]);
        for (var token = 0; token < input.Length; token++)
        {
            NgramKinds.Write(input.Ids, token, written);
            numbers.AddRange(
                written.Select((number, kind) => (number, kind)).Where(entry => numbers.TrueForAll(other => other.Number != entry.number)));
        }
        NgramTable.Starts(task.Heads, _ => true, out var columns);
        var firstOther = task.Heads.Where(head => head.Kind == HeadKind.Span).Sum(head => head.OutputCount);
        var random = new Random(4);
        float[] scores = [.. numbers.SelectMany(entry => Enumerable.Range(0, columns).Select(column =>
            column < firstOther || read.Contains(entry.Kind) ? (float)(random.NextDouble() - 0.5) : 0))];
        long[] ngrams = [.. numbers.Select(entry => entry.Number)];
        var table = new NgramTable(task.Heads, ngrams, new PerfectHash(ngrams), scores, triples);
        float[] factors = [.. task.Heads.Select(head => head.Kind == HeadKind.Span == ofTags ? 0.5f : 0)];

        var weighted = table.Weighted(factors);

        Assert.Equal(ofTags ? firstOther : columns - firstOther, weighted.Columns);
        Assert.Equal(ofTags ? NgramKinds.Count : read.Length, weighted.Kinds.Count);
        Assert.Equal(ofTags ? numbers.Count : numbers.Count(entry => read.Contains(entry.Kind)), weighted.Count);
        var (before, after) = (table.Of(input), weighted.Of(input));
        for (var head = 0; head < task.Heads.Count; head++)
            Assert.Equal(before[head].Select(score => score * factors[head]), after[head], (a, b) => Math.Abs(a - b) < 1e-5);

        using var folder = new TemporaryFolder();
        Students.Export(precision, config, task, weights, folder.File("with.onnx"), weighted);
        Students.Export(precision, config, task, weights, folder.File("without.onnx"));
        using var both = StudentSession.Open(folder.File("with.onnx"), task.Heads);
        using var encoder = StudentSession.Open(folder.File("without.onnx"), task.Heads);
        var (sum, alone) = (both.CreateLogits(), encoder.CreateLogits());
        both.Run(input, sum);
        encoder.Run(input, alone);
        for (var head = 0; head < task.Heads.Count; head++)
        {
            for (var i = 0; i < after[head].Length; i++)
                Assert.Equal(alone[head][i] + after[head][i], sum[head][i], tolerance);
        }
    }
}
