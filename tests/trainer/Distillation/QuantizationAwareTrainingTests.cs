using Edge.Bundles.Tasks;
using Edge.Trainer.Distillation;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Tests.Export;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Distillation;

[Collection(MicroTask.Collection)]
public sealed class QuantizationAwareTrainingTests : IDisposable
{
    private readonly MicroTask _micro = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _micro.Dispose();
    }

    [Fact]
    public void Round_Model_ComputesAsItsFile()
    {
        using var model = _micro.CreateModel();
        ModelParameters.Load(model, AsStored(ModelParameters.ToWeights(model)), "test");
        var weights = ModelParameters.ToWeights(model);
        var (exact, file) = (Logits(model), Int8(model, weights));

        var layers = QuantizationAwareTraining.FakeQuantize(model);
        var rounded = Logits(model);

        Assert.Equal(1 + (6 * model.Config.Layers), layers.Count);
        // Rounding of inputs near the middle of two integers may fall on either side.
        Assert.InRange(Error(rounded, file), 0, 0.01 * Error(exact, file));
    }

    // Values of one feature are a thousandth, and the weights that read them a thousand times as large: the same function, but 8 bits leave
    // little of the other features.
    [Fact]
    public void Train_StudentThatEightBitsSpoil_LosesLittleThen()
    {
        using var student = _micro.CreateModel();
        var dev = new DevSet(new EvaluationSet(_micro.Utterances, _micro.Examples));
        FineTuner.Train(
            new TrainingPhase("student", student, EpochSource.Of(_micro.Examples), dev,
                new LoopOptions { LearningRate = 3e-3, BatchSize = 5 }, new PhaseLimit(40, TimeSpan.MaxValue)), 0, _micro.Context);
        Spoil(student, 1000);
        var weights = ModelParameters.ToWeights(student);
        var exact = Logits(student);

        var trained = QuantizationAwareTraining.Train(
            student, _micro.Examples, dev, new LoopOptions { LearningRate = 1e-4, BatchSize = 5, Evaluations = 5 },
            new PhaseLimit(30, TimeSpan.MaxValue), _micro.Context);

        Assert.True(_micro.Compute.Overrides.IsEmpty);
        Assert.Equal(exact, Logits(student));
        // measured: 97.8, 89.2, 97.3 %
        var (floats, before, after) = (Score(exact), Score(Int8(student, weights)), Score(Int8(student, trained)));
        Assert.True(before < floats - 0.03, $"{before}, in floats {floats}");
        Assert.True(after > floats - 0.01, $"{after}, in floats {floats}");
    }

    [Fact]
    public void Weight_Gradient_PassesAsIfNothingWasRounded()
    {
        using var scope = NewDisposeScope();
        var weight = tensor(new[] { 0.25f, -1f, 0.013f, 0f }, [2, 2]).requires_grad_();
        var factors = tensor(new[] { 1f, 2, 3, 4 }, [2, 2]);

        var rounded = FakeQuantization.Weight(weight);
        (rounded * factors).sum().backward();

        Assert.Equal([16 / 63f, -1, 0.013f, 0], rounded.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([1, 2, 3, 4], weight.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Input_OfTwoUtterances_IsRoundedByItself()
    {
        using var scope = NewDisposeScope();
        var input = tensor(new[] { 0f, 0.3f, 255, 100.4f, -1, 0.006f, 0, 1.55f }, [2, 2, 2]);

        var rounded = FakeQuantization.Input(input).data<float>().ToArray();

        // The first is in steps of 1; the second in steps of 0.01.
        Assert.Equal([0, 0, 255, 100], rounded[..4]);
        Assert.Equal([-1, 0.01f, 0, 1.55f], rounded[4..], (a, b) => Math.Abs(a - b) < 1e-6);
    }

    // What the file computes with in floats, but stores in bytes, as it comes out of them.
    private Dictionary<string, WeightTensor> AsStored(IReadOnlyDictionary<string, WeightTensor> weights)
    {
        var stored = weights.ToDictionary(StringComparer.Ordinal);
        Round("pooler.dense.weight");
        var heads = _micro.Task.Heads;
        foreach (var head in heads.Where(head => head.Kind == HeadKind.Span))
            Round($"heads.{head.Name}.weight");
        Round([.. heads.Where(head => head.Kind != HeadKind.Span).Select(head => $"heads.{head.Name}.weight")]); // as one matrix
        return stored;

        void Round(params string[] names)
        {
            var columns = stored[names[0]].Shape[1];
            var (integers, scales) = SymmetricQuantizer.PerColumn([.. names.SelectMany(name => stored[name].Values)], columns);
            float[] rounded = [.. integers.Select((integer, i) => integer * scales[i % columns])];
            var at = 0;
            foreach (var name in names)
                stored[name] = stored[name] with { Values = rounded[at..(at += stored[name].Values.Length)] };
        }
    }

    private static void Spoil(BertTaskModel model, float factor)
    {
        var weights = ModelParameters.ToWeights(model).ToDictionary(StringComparer.Ordinal);
        for (var layer = 0; layer < model.Config.Layers; layer++)
            Students.Spoil(weights, layer, feature => feature == 3, factor);
        ModelParameters.Load(model, weights, "test");
    }

    private IReadOnlyList<float[][]> Logits(BertTaskModel model) =>
        [.. _micro.Examples.SelectMany(example => ModelLogits.Compute(model, [example], _micro.Context))]; // alone, as the file reads it

    private IReadOnlyList<float[][]> Int8(BertTaskModel model, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        var file = _folder.File("int8.onnx");
        Int8Exporter.Export(model.Config, _micro.Task, weights, file);
        using var session = Bundles.Inference.StudentSession.Open(file, _micro.Task.Heads);
        return StudentLogits.Compute(session, _micro.Examples, default);
    }

    private double Score(IReadOnlyList<float[][]> logits) =>
        Evaluator.Evaluate(
            "test", _micro.Task, new EvaluationSet(_micro.Utterances, _micro.Examples), logits, new Dictionary<string, float>()).Score;

    private static double Error(IReadOnlyList<float[][]> found, IReadOnlyList<float[][]> expected) =>
        found.Zip(expected).Sum(pair => LogitsParity.SquaredError(pair.First, pair.Second));
}
