using System.Runtime.InteropServices;
using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Onnx;

namespace Edge.Trainer.Tests.Export;

public class Int8ExporterTests
{
    private const double MostError = 0.15; // of random weights; trained students, 0.006 to 0.01

    [Theory]
    [InlineData("Cls", true)]
    [InlineData("Mean", false)]
    public void Export_OfTheDemonstrationsSize_StaysCloseToSinglePrecision(string pooling, bool usesContext)
    {
        // Measured: errors of 0.03 to 0.09, the same decision in 97.5 % or more. Random weights are no proxy for accuracy, but show a wrong
        // graph at once.
        var config = Students.Small with { VocabularySize = 2000, Pooling = Enum.Parse<Pooling>(pooling) };
        var task = Students.EveryKind with { MaxLength = 40, UsesContext = usesContext };
        var closeness = Compare(config, task);
        Assert.All(closeness, head =>
        {
            Assert.True(head.RelativeError <= MostError, $"{head}");
            Assert.True(head.Agreement >= 0.93, $"{head}");
        });
    }

    [Theory]
    [InlineData(1, 2, 64, 0, "Gelu")]
    [InlineData(3, 4, 64, 16, "Gelu")]
    [InlineData(3, 4, 64, 16, "Relu")]
    [InlineData(6, 1, 48, 2, "Gelu")]
    [InlineData(2, 16, 96, 1, "Gelu")]
    public void Export_OtherSizes_StaysCloseToSinglePrecision(int layers, int heads, int hidden, int relativePositions, string activation)
    {
        var config = Students.Tiny with
        {
            Activation = Enum.Parse<Activation>(activation),
            RelativePositions = relativePositions,
            Layers = layers,
            AttentionHeads = heads,
            HiddenSize = hidden,
            IntermediateSize = 3 * hidden
        };
        Assert.All(Compare(config, Students.EveryKind), head => Assert.True(head.RelativeError <= MostError, $"{head}"));
    }

    [Fact]
    public void Export_OfTheDemonstrationsSize_IsAQuarterOfSinglePrecision()
    {
        using var folder = new TemporaryFolder();
        var task = Students.EveryKind with { MaxLength = 64 };
        var weights = Students.Weights(Students.Small, task);
        Fp32Exporter.Export(Students.Small, task, weights, folder.File("fp32.onnx"));
        Int8Exporter.Export(Students.Small, task, weights, folder.File("int8.onnx"));

        var share = (double)new FileInfo(folder.File("int8.onnx")).Length / new FileInfo(folder.File("fp32.onnx")).Length;

        Assert.True(share <= 0.27, $"the 8-bit file is {share:p1} of the single-precision file");
    }

    [Fact]
    public void Export_EmbeddingColumnOfLargeValues_KeepsTheOthersExact()
    {
        // Trained tables have such columns; one scale for the whole table would round all others away.
        var task = Students.EveryKind with { MaxLength = 20 };
        var weights = Students.Weights(Students.Tiny, task);
        var table = weights["embeddings.word_embeddings.weight"].Values;
        for (var i = 5; i < table.Length; i += Students.Tiny.HiddenSize)
            table[i] += 2;
        Assert.All(Compare(Students.Tiny, task, weights), head => Assert.True(head.RelativeError <= MostError, $"{head}"));
    }

    // Processors without VNNI multiply a byte without sign by one with sign, twice, and add both in 16 bits (VPMADDUBSW), whatever the
    // utterance.
    [Theory]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Dynamic)]
    public void Export_TwoProductsOfAColumn_FitIntoSixteenBits(string precision)
    {
        using var folder = new TemporaryFolder();
        Students.Export(
            precision, Students.Tiny, Students.EveryKind, Students.Weights(Students.Tiny, Students.EveryKind), folder.File("model.onnx"));
        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("model.onnx"))).Graph;
        TensorProto[] weights = [
            .. graph.Initializer.Where(
                constant => constant.Name.Contains("layer", StringComparison.Ordinal)
                    && constant.Name.EndsWith(".integers", StringComparison.Ordinal))];

        // query, key and value are one matrix there
        Assert.Equal((precision == Precision.Int8 ? 4 : 6) * Students.Tiny.Layers, weights.Length);
        foreach (var weight in weights)
        {
            var integers = MemoryMarshal.Cast<byte, sbyte>(weight.RawData.Span).ToArray();
            var columns = (int)weight.Dims[1];
            for (var column = 0; column < columns; column++)
            {
                var factors = integers.Where((_, i) => i % columns == column).Order().ToArray();
                Assert.InRange(byte.MaxValue * (factors[^1] + factors[^2]), 0, short.MaxValue);
                Assert.InRange(byte.MaxValue * (factors[0] + factors[1]), short.MinValue, 0);
            }
        }
    }

    private static List<Closeness> Compare(BertConfig config, TaskDefinition task, Dictionary<string, WeightTensor>? weights = null)
    {
        using var folder = new TemporaryFolder();
        weights ??= Students.Weights(config, task);
        Fp32Exporter.Export(config, task, weights, folder.File("fp32.onnx"));
        Int8Exporter.Export(config, task, weights, folder.File("int8.onnx"));
        using var fp32 = StudentSession.Open(folder.File("fp32.onnx"), task.Heads);
        using var int8 = StudentSession.Open(folder.File("int8.onnx"), task.Heads);
        using var expected = fp32.CreateLogits();
        using var actual = int8.CreateLogits();
        var heads = task.Heads.Select(head => new Closeness(head.Name)).ToList();
        for (var length = 1; length <= task.MaxLength; length++)
        {
            for (var seed = 0; seed < 4; seed++)
            {
                var encoded = Students.Utterance(config, task, length, (100 * length) + seed);
                fp32.Run(encoded, expected);
                int8.Run(encoded, actual);
                for (var head = 0; head < heads.Count; head++)
                    heads[head].Add(expected[head], actual[head], task.Heads[head].OutputCount);
            }
        }
        return heads;
    }

    private sealed class Closeness(string head)
    {
        private double _error;
        private double _size;
        private int _same;
        private int _decisions;

        public double RelativeError => Math.Sqrt(_error / _size);

        public double Agreement => (double)_same / _decisions;

        public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int width)
        {
            for (var i = 0; i < expected.Length; i++)
            {
                _error += (expected[i] - actual[i]) * (expected[i] - actual[i]);
                _size += expected[i] * expected[i];
            }
            for (var i = 0; i < expected.Length; i += width, _decisions++)
                _same += Largest(expected.Slice(i, width)) == Largest(actual.Slice(i, width)) ? 1 : 0;
        }

        public override string ToString() => $"head {head}: relative error {RelativeError:g3}, same decision {Agreement:p1}";

        private static int Largest(ReadOnlySpan<float> values)
        {
            var best = 0;
            for (var i = 1; i < values.Length; i++)
                best = values[i] > values[best] ? i : best;
            return best;
        }
    }
}
