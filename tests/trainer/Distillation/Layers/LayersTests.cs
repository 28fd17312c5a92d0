using System.Text.Json;
using Edge.Bundles.Tasks;
using Edge.Trainer.Distillation;
using Edge.Trainer.Distillation.Layers;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Distillation.Layers;

[Collection(MicroTask.Collection)]
public sealed class LayersTests
{
    private static readonly BertConfig Student = new() { VocabularySize = 100, HiddenSize = 24, Layers = 3, AttentionHeads = 12 };
    private static readonly BertConfig Teacher = Student with { Layers = 12 };

    [Fact]
    public void Resolve_Rules_GiveTheLayersOfBothModels()
    {
        Assert.Equal([new(0, 3), new(1, 7), new(2, 11)], LayerMapping.Uniform.Resolve(Student, Teacher));
        Assert.Equal([new(2, 11)], LayerMapping.Last.Resolve(Student, Teacher));
        Assert.Equal([3, 7, 11], LayerSelection.Uniform.Resolve(Student, Teacher));
        Assert.Equal([0, 1, 2], LayerSelection.First.Resolve(Student, Teacher));
        Assert.Equal([9, 10, 11], LayerSelection.Last.Resolve(Student, Teacher));
        Assert.Empty(LayerSelection.None.Resolve(Student, Teacher));
        Assert.Equal(3, LayerSelection.First.Resolve(Student, Teacher with { Layers = 2 }).Count);
    }

    [Theory]
    [InlineData("\"uniform\"")]
    [InlineData("\"last\"")]
    [InlineData("[[0,2],[2,11]]")]
    public void Mapping_InJson_ComesBack(string json)
    {
        var mapping = JsonSerializer.Deserialize<LayerMapping>(json, TaskFile.Json)!;
        Assert.Equal(mapping, JsonSerializer.Deserialize<LayerMapping>(JsonSerializer.Serialize(mapping, TaskFile.Json), TaskFile.Json));
        Assert.Equal(json.Replace(" ", "", StringComparison.Ordinal), JsonSerializer.Serialize(mapping));
    }

    [Theory]
    [InlineData("\"middle\"")]
    [InlineData("[]")]
    [InlineData("[[1]]")]
    [InlineData("[[-1,2]]")]
    [InlineData("3")]
    public void Mapping_OfAnotherForm_IsRefused(string json) =>
    Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LayerMapping>(json, TaskFile.Json));

    [Fact]
    public void Selection_InJson_ComesBackOrIsRefused()
    {
        foreach (var selection in LayerSelection.Rules.Append(LayerSelection.Of(0, 2, 4)))
            Assert.Equal(selection, JsonSerializer.Deserialize<LayerSelection>(JsonSerializer.Serialize(selection), TaskFile.Json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LayerSelection>("\"middle\"", TaskFile.Json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LayerSelection>("[-1]", TaskFile.Json));
    }

    [Fact]
    public void Problems_LayersThatTheModelsLack_AreAllNamed()
    {
        var options = new DistillationOptions
        {
            HiddenWeight = 1, HiddenLayers = LayerMapping.Of(new LayerPair(3, 11), new LayerPair(0, 12)),
            RelationWeight = 1, RelationHeads = 5, AttentionWeight = 1, StudentLayers = LayerSelection.Of(0, 12),
        };
        var problems = options.Problems("distillation", Student, Teacher with { AttentionHeads = 6 }).ToArray();

        Assert.Contains("distillation.hiddenLayers: [3, 11]: the student has 3 layers; use 0 to 2", problems);
        Assert.Contains("distillation.hiddenLayers: [0, 12]: the teacher has 12 layers; use 0 to 11", problems);
        Assert.Contains("distillation.studentLayers: 2 layers are named and the student has 3; name 3 of the teacher's", problems);
        Assert.Contains("distillation.studentLayers: there is no layer 12; the teacher has 12, use 0 to 11", problems);
        Assert.Contains("distillation.relationHeads is 5; use a divisor of both widths, 24 and 24, or 0", problems);
        Assert.Contains(problems,
            problem => problem.StartsWith("distillation.attentionWeight is 1; use relationWeight instead", StringComparison.Ordinal));
        Assert.Empty(
            new DistillationOptions { HiddenWeight = 1, RelationWeight = 1 }.Problems(
                "distillation", Student, Teacher with { HiddenSize = 36 }));
    }

    [Fact]
    public void Apply_ChosenLayers_AreCopiedAndPositionsCut()
    {
        using var micro = new MicroTask();
        using var teacher = new BertTaskModel(micro.Config(layers: 4) with { MaxPositions = 64 }, micro.Task, micro.Compute);
        using var student = micro.CreateModel(layers: 2);
        var (from, line) = (ModelParameters.ToWeights(teacher), "");
        line = StudentStart.Apply(student, teacher.Config, from, LayerSelection.Of(0, 2));
        var to = ModelParameters.ToWeights(student);

        Assert.Contains("layers 0, 2", line, StringComparison.Ordinal);
        Assert.Equal(from["encoder.layer.2.output.dense.weight"].Values, to["encoder.layer.1.output.dense.weight"].Values);
        var positions = to["embeddings.position_embeddings.weight"].Values;
        Assert.Equal(from["embeddings.position_embeddings.weight"].Values[..positions.Length], positions);
    }

    [Fact]
    public void Apply_OtherWidth_SaysSoAndLeavesTheStudent()
    {
        using var micro = new MicroTask();
        using var teacher = micro.CreateModel(hidden: 64);
        using var student = micro.CreateModel();
        var before = ModelParameters.ToWeights(student);
        var line = StudentStart.Apply(student, teacher.Config, ModelParameters.ToWeights(teacher), LayerSelection.Uniform);

        Assert.Contains("fresh weights: it has width 32 against the teacher's 64", line, StringComparison.Ordinal);
        Assert.All(ModelParameters.ToWeights(student), weight => Assert.Equal(before[weight.Key].Values, weight.Value.Values));
        Assert.Single(LayerSelection.Of(0, 1).Problems("x", student.Config, teacher.Config));
    }
}
