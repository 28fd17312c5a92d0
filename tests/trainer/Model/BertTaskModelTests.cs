using Edge.Trainer.Model;
using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Model;

[Collection(MicroTask.Collection)]
public sealed class BertTaskModelTests
{
    [Fact]
    public void Parameters_Named_AsHuggingFaceNamesThem()
    {
        using var micro = new MicroTask();
        using var model = new BertTaskModel(micro.Config(layers: 1) with { RelativePositions = 3 }, micro.Task, micro.Compute);
        string[] layer =
        [
            "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "attention.output.LayerNorm",
            "intermediate.dense", "output.dense", "output.LayerNorm",
        ];
        string[] modules = ["embeddings.LayerNorm", .. layer.Select(name => "encoder.layer.0." + name), "pooler.dense",
            .. micro.Task.Heads.Select(head => "heads." + head.Name)];
        string[] expected =
        [
            "embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight",
            "encoder.layer.0.attention.self.relative_positions.weight", // ours
            .. modules.SelectMany(name => new[] { name + ".weight", name + ".bias" }),
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), model.named_parameters().Select(p => p.name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Create_FreshWeights_HaveTheConfiguredSpread()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel(hidden: 64);
        var weights = ModelParameters.ToWeights(model);

        Assert.All(weights["embeddings.LayerNorm.weight"].Values, value => Assert.Equal(1, value));
        Assert.All(weights["pooler.dense.bias"].Values, value => Assert.Equal(0, value));
        var values = weights["encoder.layer.0.intermediate.dense.weight"].Values;
        Assert.Equal(0.04, Math.Sqrt(values.Average(v => (double)v * v)), 0.004);
    }

    [Fact]
    public void FillPositions_BeyondTheLongestText_TakesTheMeanOfThoseBefore()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel(hidden: 16);
        var before = ModelParameters.ToWeights(model)["embeddings.position_embeddings.weight"];

        ModelParameters.FillPositions(model, 6);

        var after = ModelParameters.ToWeights(model)["embeddings.position_embeddings.weight"].Values;
        Assert.Equal(before.Values[..(6 * 16)], after[..(6 * 16)]);
        for (var at = 6 * 16; at < after.Length; at++)
            Assert.Equal(new[] { 3, 4, 5 }.Average(row => before.Values[(row * 16) + (at % 16)]), after[at], 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_BatchWithPadding_EqualsEachUtteranceAlone(bool cls)
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel(pooling: cls ? Pooling.Cls : Pooling.Mean);
        var together = ModelLogits.Compute(model, micro.Examples, micro.Context);
        for (var i = 0; i < micro.Examples.Count; i++)
        {
            var alone = ModelLogits.Compute(model, [micro.Examples[i]], micro.Context)[0];
            for (var head = 0; head < alone.Length; head++)
                Assert.All(alone[head].Zip(together[i][head]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Forward_BFloat16_StaysCloseToSinglePrecision()
    {
        using var micro = new MicroTask(bfloat16: true);
        using var model = micro.CreateModel();
        model.eval();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var tokens = TokenBatch.Create([micro.Examples[0].Encoded.Ids], [micro.Examples[0].Encoded.TypeIds], 0, CPU);
        var half = model.call(tokens).Logits[0];
        model.Compute.Exact = true;
        var single = model.call(tokens).Logits[0];

        Assert.False(half.allclose(single, 0, 0));
        Assert.True(half.allclose(single, 0.05, 0.02));
    }

    [Fact]
    public void CopyFitting_FewerLayers_TakesTheChosenOnes()
    {
        using var micro = new MicroTask();
        using var teacher = micro.CreateModel(layers: 4);
        using var student = micro.CreateModel(layers: 2);
        var layers = ModelParameters.SpreadLayers(2, 4);
        var copied = ModelParameters.CopyFitting(student, ModelParameters.ToWeights(teacher), layers);

        Assert.Equal([1, 3], layers);
        Assert.Equal(student.parameters().Count(), copied);
        var (from, to) = (ModelParameters.ToWeights(teacher), ModelParameters.ToWeights(student));
        Assert.Equal(from["encoder.layer.3.output.dense.weight"].Values, to["encoder.layer.1.output.dense.weight"].Values);
        Assert.Equal(from["embeddings.word_embeddings.weight"].Values, to["embeddings.word_embeddings.weight"].Values);
    }

    [Fact]
    public void CopyFitting_OtherWidth_CopiesNothingThatDoesNotFit()
    {
        using var micro = new MicroTask();
        using var teacher = micro.CreateModel(hidden: 64);
        using var student = micro.CreateModel(hidden: 32);

        // Only the biases of the heads have the same shape.
        Assert.Equal(micro.Task.Heads.Count, ModelParameters.CopyFitting(student, ModelParameters.ToWeights(teacher), [0, 1]));
    }

    [Fact]
    public void Load_WrongShape_NamesEveryProblem()
    {
        using var micro = new MicroTask();
        using var small = micro.CreateModel(hidden: 32);
        using var large = micro.CreateModel(hidden: 64);
        var weights = ModelParameters.ToWeights(large).Where(w => w.Key != "pooler.dense.bias").ToDictionary();

        var problem = Assert.Throws<InvalidDataException>(() => ModelParameters.Load(small, weights, "x.safetensors"));
        Assert.Contains("pooler.dense.bias is missing", problem.Message, StringComparison.Ordinal);
        Assert.Contains("pooler.dense.weight is [64, 64]; the model needs [32, 32]", problem.Message, StringComparison.Ordinal);
    }
}
