using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Lora;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;
using Edge.Trainer.Training.Replicas;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training.Replicas;

[Collection(MicroTask.Collection)]
public sealed class ReplicaTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Backward_PartsOfABatch_GiveTheGradientOfTheWhole(int replicas, bool weighted)
    {
        using var micro = new MicroTask();
        // Parts differ in length and in what is annotated, so that a plain mean of their gradients would be wrong.
        TrainingExample[] examples =
        [
            .. micro.Examples.Take(7), micro.Encoder.Encode(new LabelledUtterance { Text = "call anna" }),
            .. micro.Utterances.Skip(8).Take(4)
                .Select(utterance => micro.Encoder.Encode(utterance with { Single = new Dictionary<string, string>() })),
        ];
        int[] batch = [.. Enumerable.Range(0, examples.Length)];
        var options = new FineTuningOptions { Balance = weighted ? ClassBalance.Weights : ClassBalance.None };
        var whole = Gradients(1);
        var parts = Gradients(replicas);
        Assert.Equal(whole.Count, parts.Count);
        Assert.All(whole, entry => Assert.InRange(entry.Value.Zip(parts[entry.Key], (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5));
        Assert.Contains(whole, entry => entry.Value.Max() > 1e-2);

        Dictionary<string, float[]> Gradients(int count)
        {
            manual_seed(3);
            using var model = micro.CreateModel();
            var context = micro.Context with { ReplicaDevices = [.. Enumerable.Repeat(CPU, count - 1)] };
            var models = TrainedModel.Prepare(model, options, examples, context);
            using (var group = new ReplicaGroup([.. models.Select(one => one.ToReplica(0.1))], new ResumableRandom(1)))
            {
                group.Broadcast();
                var (terms, tokens) = group.Backward(examples, batch, 0);
                Assert.Equal(["intent", "topics", "urgency", "entities"], terms.Select(term => term.Name).OrderBy(Index));
                Assert.Equal(examples.Sum(example => example.Encoded.Length), tokens);
            }
            var gradients = TrainedParameters.Of(model).Where(entry => entry.Parameter.grad is not null)
                .ToDictionary(entry => entry.Name, entry => entry.Parameter.grad!.data<float>().ToArray());
            foreach (var one in models)
                one.Dispose();
            return gradients;
        }

        int Index(string head) => micro.Task.Heads.Index().First(entry => entry.Item.Name == head).Index;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_ThreeReplicas_LearnsAndRepeats(bool adapters)
    {
        Assert.Equal(Weights(), Weights());

        float[] Weights()
        {
            using var micro = new MicroTask();
            using var model = micro.CreateModel(dropout: 0.1);
            var options = new LoopOptions { LearningRate = 3e-3, BatchSize = 5, Evaluations = 4, WordDropout = 0.05 };
            var fineTuning = new FineTuningOptions
            {
                Lora = adapters ? new LoraOptions { Targets = Enum.GetValues<LoraTarget>(), EightBitBase = true } : null
            };
            var result = FineTuner.Train(
                new TrainingPhase("test", model, EpochSource.Of(micro.Examples),
                    new DevSet(new EvaluationSet(micro.Utterances, micro.Examples)), options, new PhaseLimit(40, TimeSpan.MaxValue)), 0,
                    micro.Context with { ReplicaDevices = [CPU, CPU] }, fineTuning);
            Assert.True(result.KeptScore > 0.8, $"{result.KeptScore}");
            return ModelParameters.ToWeights(model)["encoder.layer.0.attention.self.query.weight"].Values;
        }
    }
}
