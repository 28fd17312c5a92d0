using System.Text.Json;
using System.Xml.Linq;
using Edge.Appliance.Tests.Support;
using Edge.Bench.Curve;

namespace Edge.Bench.Tests.Curve;

public sealed class CurveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-curve-").FullName;

    private string Bundle { get; }

    public CurveTests() => TinyBundle.Write(Bundle = Path.Combine(_folder, "bundle"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Frontier_SlowerAndWorsePoints_AreLeftOut()
    {
        ShapePoint[] points = [Point("a", 0.8, 1), Point("b", 0.79, 2), Point("c", 0.9, 3), Point("d", 0.9, 4), Point("e", 0.85, 3)];

        Assert.Equal(["a", "c"], ShapePoint.Frontier(points).Select(point => point.Shape));
    }

    [Theory]
    [InlineData(0.9, "a")]
    [InlineData(0.896, "b")]
    public void Knee_FastestWithinHalfAPointOfTheBest(double accuracyOfA, string expected) =>
        Assert.Equal(expected, ShapePoint.Knee([Point("a", accuracyOfA, 1), Point("b", 0.899, 2), Point("c", 0.9025, 3)]).Shape);

    [Fact]
    public void Draw_Points_HasEachAndTheLineThroughTheFrontier()
    {
        var chart =
            CurveChart.Draw("ATIS <test>", [Point("128x2x512", 0.8, 0.2), Point("256x2x1024", 0.85, 0.4), Point("312x4x1200", 0.84, 1.1)]);

        var names = chart.Root!.Elements().ToLookup(element => element.Name.LocalName);
        Assert.Equal(3, names["circle"].Count());
        Assert.All(names["circle"], circle => Assert.InRange((double)circle.Attribute("cx")!, 70, 610));
        Assert.All(names["circle"], circle => Assert.InRange((double)circle.Attribute("cy")!, 50, 340));
        Assert.Equal(2, names["polyline"].Single().Attribute("points")!.Value.Split(' ').Length);
        Assert.Contains("ATIS <test>", names["text"].Select(text => text.Value));
    }

    [Fact]
    public void Draw_NearlyEqualAccuracies_AreDrawnCloseTogether()
    {
        var circles = CurveChart.Draw("t", [Point("a", 0.848, 0.2), Point("b", 0.849, 0.4)]).Root!.Elements()
            .Where(element => element.Name.LocalName == "circle").ToArray();

        Assert.InRange((double)circles[0].Attribute("cy")! - (double)circles[1].Attribute("cy")!, 1, 12);
    }

    [Theory]
    [InlineData("gelu", "256x2x1024")]
    [InlineData("relu", "256x2x1024 relu")]
    public void Read_Activation_IsPartOfTheShapeWhereItIsNotGelu(string activation, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, "config.json"),
            $$"""{ "hidden_size": 256, "num_hidden_layers": 2, "intermediate_size": 1024, "hidden_act": "{{activation}}" }""");
        File.WriteAllText(
            Path.Combine(_folder, "manifest.json"), """{ "precisions": { "int8": { "metrics": { "sentenceAccuracy": 0.9 } } } }""");

        Assert.Equal(expected, Assert.Single(ShapePoint.Read([_folder])).Shape);
    }

    [Fact]
    public async Task Curve_TwoShapes_MeasuresAndDraws()
    {
        var other = Path.Combine(_folder, "other");
        TinyBundle.WriteWithLayers(other, 3);
        var svg = Path.Combine(_folder, "curve.svg");

        var (code, output, errors) =
            await Programs.BenchAsync("curve", "--bundles", Bundle, other, "--seconds", "1", "--svg", svg, "--json");

        Assert.True(code == 0, errors);
        var points = JsonElement.Parse(output).GetProperty("points").EnumerateArray().ToArray();
        Assert.Equal(["32x2x64", "32x3x64"], points.Select(point => point.GetProperty("shape").GetString()!));
        Assert.All(points, point => Assert.Equal(0.25, point.GetProperty("accuracy").GetDouble()));
        Assert.All(points, point => Assert.InRange(point.GetProperty("milliseconds").GetDouble(), 0.001, 1000));
        Assert.Equal("svg", XDocument.Load(svg).Root!.Name.LocalName);
        Assert.Contains(JsonElement.Parse(output).GetProperty("isSettled").ValueKind, new[] { JsonValueKind.True, JsonValueKind.False });
        Assert.Contains("2 sides in turns, 1 s at most", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curve_BadInput_SaysWhatIsWrong()
    {
        var missing = await Programs.BenchAsync("curve", "--bundles", _folder, Bundle);
        Assert.Equal(2, missing.Code);
        Assert.Contains("Name folders of bundles that edge-trainer run wrote", missing.Errors, StringComparison.Ordinal);

        var svg = await Programs.BenchAsync("curve", "--bundles", Bundle, Bundle, "--svg", "/nowhere/curve.svg");
        Assert.Equal(2, svg.Code);
        Assert.Contains("--svg /nowhere/curve.svg: there is no folder /nowhere", svg.Errors, StringComparison.Ordinal);

        var folder = await Programs.BenchAsync("curve", "--bundles", Bundle, Bundle, "--svg", _folder);
        Assert.Equal(2, folder.Code);
        Assert.Contains($"--svg '{_folder}' is a folder; name a file", folder.Errors, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(_folder, "config.json"), """{ "hidden_size": "wide" }""");
        File.WriteAllText(Path.Combine(_folder, "manifest.json"), "{}");
        var wrong = await Programs.BenchAsync("curve", "--bundles", _folder, Bundle);
        Assert.Equal(2, wrong.Code);
        Assert.Contains($"{_folder}: ", wrong.Errors, StringComparison.Ordinal);

        var one = await Programs.BenchAsync("curve", "--bundles", Bundle, Bundle);
        Assert.Equal(2, one.Code);
        Assert.Contains("a curve needs two shapes or more", one.Errors, StringComparison.Ordinal);
    }

    private static ShapePoint Point(string shape, double accuracy, double milliseconds) => new(shape, [shape], accuracy, milliseconds);
}
