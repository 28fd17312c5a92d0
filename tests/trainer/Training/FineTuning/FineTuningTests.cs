using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Model.Lora;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;

namespace Edge.Trainer.Tests.Training.FineTuning;

[Collection(MicroTask.Collection)]
public sealed class FineTuningTests
{
    private static readonly LoopOptions Options = new() { LearningRate = 3e-3, BatchSize = 5, Evaluations = 4 };
    private static readonly LoraOptions AllProjections = new() { Rank = 4, Targets = Enum.GetValues<LoraTarget>() };

    [Fact]
    public void Train_FrozenLayers_StayAsTheyAre()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        var before = ModelParameters.ToWeights(model);
        Train(micro, model, 2, Options, new FineTuningOptions { FrozenLayers = 1 });
        var after = ModelParameters.ToWeights(model);

        foreach (var (name, weight) in before)
            Assert.Equal(LayerNames.LayerOf(name) < 1, weight.Values.SequenceEqual(after[name].Values));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Moments_FrozenLayers_HaveNone()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        using var frozen = new LayerFreezing(model, 2);
        using var optimizer = new WeightOptimizer(Options, model);
        // Pooler, and one layer for each of four heads: weight and bias, two moments each.
        Assert.Equal((1 + 4) * 2 * 2, optimizer.Moments.Count());
    }

    [Fact]
    public void Train_LayerDecay_MovesLowerLayersLess()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        var before = ModelParameters.ToWeights(model);
        // The first step of Adam moves every weight by about the learning rate.
        Train(micro, model, 0.25, Options with { LayerDecay = 0.5, WeightDecay = 0, WarmUp = 0, Evaluations = 1 }, new FineTuningOptions());
        var after = ModelParameters.ToWeights(model);

        var top = Moved("heads.intent.weight");
        Assert.Equal(0.5, Moved("encoder.layer.0.output.dense.weight") / Moved("encoder.layer.1.output.dense.weight"), 0.02);
        Assert.Equal(1, Moved("encoder.layer.1.output.dense.weight") / top, 0.02);
        Assert.Equal(0.25, Moved("embeddings.position_embeddings.weight") / top, 0.02);

        double Moved(string name) => before[name].Values.Zip(after[name].Values, (a, b) => Math.Abs(a - b)).Max();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Merge_TrainedAdapters_GivesTheSameLogits(bool eightBit)
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        var before = ModelParameters.ToWeights(model);
        IReadOnlyList<float[][]> attached = [];
        var result = Train(
            micro, model, 60, Options, new FineTuningOptions { Lora = AllProjections with { EightBitBase = eightBit } },
            _ => attached = ModelLogits.Compute(model, micro.Examples, micro.Context));

        Assert.True(result.KeptScore > 0.9, $"{result.KeptScore}");
        var merged = ModelLogits.Compute(model, micro.Examples, micro.Context);
        Assert.InRange(
            attached.SelectMany(heads => heads.SelectMany(head => head))
                .Zip(merged.SelectMany(heads => heads.SelectMany(head => head)), (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
        Assert.True(micro.Compute.Overrides.IsEmpty);
        var after = ModelParameters.ToWeights(model);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.Equal(before["encoder.layer.0.output.LayerNorm.weight"].Values, after["encoder.layer.0.output.LayerNorm.weight"].Values);
        Assert.NotEqual(before["encoder.layer.0.output.dense.weight"].Values, after["encoder.layer.0.output.dense.weight"].Values);
    }

    [Fact]
    public void Attach_Adapters_TrainOnlyThemAndTheHeads()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        using var adapters = ModelLora.Attach(model, new LoraOptions { Rank = 2 }, 1, micro.Context.Device);
        Assert.Equal(
            ["encoder.layer.1.attention.self.query", "encoder.layer.1.attention.self.value"],
            adapters.Additions.Select(entry => entry.Name));
        Assert.All(TrainedParameters.Of(model), entry => Assert.Matches("lora_[AB]|^pooler|^heads", entry.Name));
        Assert.Equal(2 * 2, adapters.NamedParameters().Count());
        adapters.Merge();
    }

    [Fact]
    public void Attach_EightBitBase_TakesAQuarterOfTheMemory()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel(hidden: 128);
        var single = model.named_parameters().Where(entry => IsHeld(entry.name)).Sum(entry => entry.parameter.numel() * sizeof(float));
        using var adapters = ModelLora.Attach(model, new LoraOptions { EightBitBase = true }, 0, micro.Context.Device);

        Assert.InRange(adapters.EightBitBytes, single * 0.25, single * 0.27);
        Assert.Equal(0, model.named_parameters().Where(entry => IsHeld(entry.name)).Sum(entry => entry.parameter.numel()));
        adapters.Merge();

        static bool IsHeld(string name) => name == "embeddings.word_embeddings.weight"
            || (name.StartsWith("encoder.", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal)
                && !name.Contains("LayerNorm", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Adapters_HaveTheNamesOfPeft()
    {
        var folder = Directory.CreateTempSubdirectory("edge-adapters-").FullName;
        try
        {
            using var micro = new MicroTask();
            using var model = micro.CreateModel();
            using var adapters =
                ModelLora.Attach(model, new LoraOptions { Rank = 2, Targets = [LoraTarget.Output] }, 0, micro.Context.Device);
            PeftFile.Write(folder, adapters, "bert-base-chinese");
            adapters.Merge();

            var weights = SafetensorsReader.Read(Path.Combine(folder, PeftFile.Weights));
            Assert.Equal([2, 64], weights["base_model.model.encoder.layer.1.output.dense.lora_A.weight"].Shape);
            Assert.Equal([32, 2], weights["base_model.model.encoder.layer.1.output.dense.lora_B.weight"].Shape);
            Assert.Equal(4, weights.Count);
            var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, PeftFile.Config)))!;
            Assert.Equal(@"encoder\.layer\.(?:0|1)\.(?:output\.dense)", config["target_modules"]!.GetValue<string>());
            Assert.Equal("LORA", config["peft_type"]!.GetValue<string>());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // PEFT compares by re.fullmatch, and refuses layers_to_transform where target_modules is a text.
    [Theory]
    [InlineData(12, 10)]
    [InlineData(12, 1)]
    [InlineData(2, 0)]
    public void Write_AdaptersOfUpperLayers_NameExactlyTheAdaptedModules(int layers, int frozen)
    {
        var folder = Directory.CreateTempSubdirectory("edge-adapters-").FullName;
        try
        {
            using var micro = new MicroTask();
            using var model = micro.CreateModel(layers: layers);
            var modules = model.named_modules().Select(entry => entry.name).ToArray();
            foreach (var targets in Enum.GetValues<LoraTarget>().Select(target => new[] { target }).Append(Enum.GetValues<LoraTarget>()))
            {
                using var adapters = ModelLora.Attach(model, new LoraOptions { Rank = 2, Targets = targets }, frozen, micro.Context.Device);
                PeftFile.Write(folder, adapters, "bert-base-chinese");
                var adapted = adapters.Additions.Select(entry => entry.Name).Order(StringComparer.Ordinal).ToArray();
                adapters.Merge();

                var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, PeftFile.Config)))!.AsObject();
                Assert.False(config.ContainsKey("layers_to_transform"));
                var expression = new Regex($"^(?:{config["target_modules"]!.GetValue<string>()})$");
                Assert.Equal((layers - frozen) * targets.Length, adapted.Length);
                Assert.Equal(adapted, modules.Where(name => expression.IsMatch(name)).Order(StringComparer.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Of_RareLabels_CountMoreWithinTheCap()
    {
        using var micro = new MicroTask();
        // 5 x call, 5 x pay, 5 x meet, 1 x forget
        var examples = micro.Examples.Take(16).ToArray();
        var intent = LabelWeights.Of(micro.Task, examples, 100)[0]!;
        Assert.Equal(5, intent[micro.Task.Heads[0].Labels.Index().First(label => label.Item == "forget").Index] / intent[0], 1e-5);
        Assert.Equal(16, examples.Sum(example => intent[example.Targets[0].Label]), 1e-4);
        var capped = LabelWeights.Of(micro.Task, examples, 2)[0]!;
        Assert.InRange(capped.Max() / capped.Min(), 2, 2.6);
    }

    [Fact]
    public void Next_BalancedSampling_GivesEveryLabelItsShare()
    {
        using var micro = new MicroTask();
        var examples = micro.Examples.Take(16).ToArray();
        var balanced = BalancedSampling.Of(EpochSource.Of(examples), micro.Task, 100, 1);
        var counts = balanced.Next(0).GroupBy(example => example.Targets[0].Label).Select(group => group.Count()).ToArray();
        Assert.Equal(16, counts.Sum());
        Assert.All(counts, count => Assert.InRange(count, 3, 5));
        Assert.Equal(balanced.Next(3), balanced.Next(3));
    }

    [Fact]
    public void Train_BalanceOfEitherKind_Learns()
    {
        foreach (var balance in new[] { ClassBalance.Weights, ClassBalance.Sampling })
        {
            using var micro = new MicroTask();
            using var model = micro.CreateModel();
            Assert.True(Train(micro, model, 40, Options, new FineTuningOptions { Balance = balance }).KeptScore > 0.9);
        }
    }

    private static PhaseResult Train(
        MicroTask micro, BertTaskModel model, double epochs, LoopOptions options, FineTuningOptions fineTuning,
        Action<ModelLora>? trainedLora = null) =>
        FineTuner.Train(
            new TrainingPhase("test", model, EpochSource.Of(micro.Examples),
                new DevSet(new EvaluationSet(micro.Utterances, micro.Examples)), options, new PhaseLimit(epochs, TimeSpan.MaxValue)), 0,
                micro.Context, fineTuning, trainedLora);
}
