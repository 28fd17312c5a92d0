using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Export.MatMuls;

namespace Edge.Trainer.Tests.Export;

public class SensitiveMatMulsTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    // What is lost, and the error, by product that is in integers.
    private static readonly Dictionary<string, double> Parts = new() { ["a"] = 0.001, ["b"] = 0.02, ["c"] = 0.004, ["d"] = 0.01 };

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.02, 1)]
    [InlineData(0.006, 2)]
    [InlineData(0, 4)]
    public void Search_Loss_TakesTheWorstBackUntilItIsSmallEnough(double allowed, int expected)
    {
        var lines = new List<string>();

        var found = SensitiveMatMuls.Search(Names, Attempt(new HashSet<string>()), Attempt, Lost, allowed, lines.Add);

        Assert.Equal(new[] { "b", "d", "c", "a" }[..expected].Order(), found);
        Assert.Equal(expected == 0 ? 0 : expected + 1, lines.Count);
        if (expected == 2)
        {
            Assert.Equal(
                [
                    "error of the logits with one MatMul in floats: b 43 %, d 71 %, c 89 %, a 97 %",
                    "1 of 4 in floats, now b, too: 1.50 points",
                    "2 of 4 in floats, now d, too: 0.50 points",
                ],
                lines);
        }

        static (string[], double) Attempt(IReadOnlySet<string> inFloats) => ([.. inFloats.Order()], Lost(inFloats));
        static double Lost(IReadOnlySet<string> inFloats) => Parts.Where(part => !inFloats.Contains(part.Key)).Sum(part => part.Value);
    }

    // Values of one feature are a thousandth, and the weights that read them a thousand times as large: the same function, but eight bits a
    // column hold nothing else any more.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Search_StudentWithOneBadMatrix_FindsIt(int layer)
    {
        using var folder = new TemporaryFolder();
        var (config, task) = (Students.Tiny, Students.EveryKind);
        var weights = Students.Weights(config, task).ToDictionary(StringComparer.Ordinal);
        Students.Spoil(weights, layer, feature => feature == 3, 1000);
        Fp32Exporter.Export(config, task, weights, folder.File("fp32.onnx"));
        var expected = Students.Logits(folder.File("fp32.onnx"), config, task);

        var found = SensitiveMatMuls.Search(
            EncoderMatMulNames.All(config), Attempt(new HashSet<string>()), Attempt, Error, Error(new HashSet<string>([Name()])) * 1.01,
            _ => { });

        Assert.Equal([Name()], found);

        string Name() => $"encoder/layer/{layer}/attention/output/dense";

        (string[], double) Attempt(IReadOnlySet<string> inFloats) => ([.. inFloats], Error(inFloats));

        double Error(IReadOnlySet<string> inFloats)
        {
            Int8Exporter.Export(config, task, weights, folder.File("int8.onnx"), null, inFloats);
            return Students.Logits(folder.File("int8.onnx"), config, task).Zip(expected)
                .Sum(pair => LogitsParity.SquaredError(pair.First, pair.Second));
        }
    }

    [Fact]
    public void Products_OfAStudent_AreTheFileProductsInIntegers()
    {
        using var folder = new TemporaryFolder();
        var (config, task) = (Students.Tiny, Students.EveryKind);
        Int8Exporter.Export(config, task, Students.Weights(config, task), folder.File("int8.onnx"));
        Int8Exporter.Export(
            config, task, Students.Weights(config, task), folder.File("floats.onnx"), null, EncoderMatMulNames.All(config).ToHashSet());

        Assert.Equal(EncoderMatMulNames.All(config), InIntegers("int8.onnx"));
        Assert.Empty(InIntegers("floats.onnx"));

        string[] InIntegers(string file) =>
            [.. Onnx.ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File(file))).Graph.Node
                .Where(node => node.OpType == "DynamicQuantizeMatMul").Select(node => node.Name)];
    }
}
