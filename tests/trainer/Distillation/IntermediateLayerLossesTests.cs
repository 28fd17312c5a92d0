using Edge.Trainer.Distillation;
using Edge.Trainer.Distillation.Layers;
using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Distillation.Terms;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Distillation;

[Collection(MicroTask.Collection)]
public sealed class IntermediateLayerLossesTests
{
    private static readonly DistillationOptions Everything = new()
    {
        HiddenWeight = 1, HiddenLayers = LayerMapping.Uniform, HiddenEmbeddings = true, RelationWeight = 1,
        AttentionLayers = LayerMapping.Uniform,
    };

    [Fact]
    public void Compute_OtherWidthHeadsAndDepth_EveryTermFallsWithItsGradient()
    {
        using var micro = new MicroTask();
        using var teacher = new BertTaskModel(micro.Config(hidden: 64, layers: 3) with { AttentionHeads = 8 }, micro.Task, micro.Compute);
        using var student = micro.CreateModel(); // 2 layers of 32, 2 heads
        using var terms = new IntermediateLayerLosses(Everything, student.Config, teacher.Config, CPU);
        using var teachers = new TeacherEnsemble([teacher]);
        using var optimizer = new WeightOptimizer(new LoopOptions { LearningRate = 1e-2, WarmUp = 0 }, [student, .. terms.Modules]);
        var first = Step(0);
        Assert.Equal(["hidden", "relations"], first.Keys);
        for (var i = 0; i < 20; i++)
            Step(0.01);
        var last = Step(0.01);

        Assert.All(first.Keys, name => Assert.True(last[name] < 0.8f * first[name], $"{name}: {first[name]} to {last[name]}"));

        Dictionary<string, float> Step(double progress)
        {
            using var scope = NewDisposeScope();
            var batch = TrainingBatch.Create(micro.Examples, [0, 6, 12, 19], 0, micro.Context);
            var looked = teachers.Look(batch.Clean, terms.TeacherLayers);
            var values = terms
                .Compute(ProjectedCall.Run(student, batch.Tokens, terms.StudentLayers), looked, batch.Tokens.Mask, micro.Compute).ToArray();
            LossTerm.Sum(values).backward();
            optimizer.Step(progress);
            return values.ToDictionary(term => term.Name, term => term.Value.item<float>());
        }
    }

    [Fact]
    public void Compute_StudentThatIsItsTeacher_HasNoDistance()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        using var terms = new IntermediateLayerLosses(Everything with { AttentionWeight = 1 }, model.Config, model.Config, CPU);
        model.eval();
        using var scope = NewDisposeScope();
        var batch = TrainingBatch.Create(micro.Examples, [0, 6, 12, 19], 0, micro.Context);
        var pass = ProjectedCall.Run(model, batch.Tokens, terms.StudentLayers);

        Assert.All(terms.Compute(pass, pass, batch.Tokens.Mask, micro.Compute), term => Assert.Equal(0, term.Value.item<float>(), 1e-6f));
    }

    [Fact]
    public void Compute_Padding_ChangesNoTerm() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(10),
            Prop.ForAll<PositiveInt, byte>((seed, padding) => PaddingChangesNoTerm(seed.Get, padding)));

    private static void PaddingChangesNoTerm(int seed, byte padding)
    {
        using var micro = new MicroTask(seed);
        using var teacher = new BertTaskModel(micro.Config(hidden: 48, layers: 3), micro.Task, micro.Compute);
        using var student = micro.CreateModel();
        using var terms = new IntermediateLayerLosses(Everything with { AttentionWeight = 1 }, student.Config, teacher.Config, CPU);
        using var teachers = new TeacherEnsemble([teacher]);
        student.eval();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var encoded = micro.Examples[seed % micro.Examples.Count].Encoded;
        var length = Math.Min(encoded.Length + 1 + (padding % 4), micro.Task.MaxLength);
        var alone = Values(TokenBatch.Create([encoded.Ids], [encoded.TypeIds], 0, CPU));
        // Whatever stands in the padding, here a word instead of [PAD], must not matter.
        int[] ids = [.. encoded.Ids, .. Enumerable.Repeat(7, length - encoded.Length)];
        var mask = tensor(Enumerable.Range(0, length).Select(i => i < encoded.Length).ToArray(), [1, length]);
        var padded = Values(TokenBatch.Create([ids], [new int[length]], 0, CPU) with { Mask = mask });

        Assert.Equal(3, alone.Length);
        Assert.All(alone.Zip(padded), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));

        float[] Values(TokenBatch tokens) =>
        [
            .. terms.Compute(ProjectedCall.Run(student, tokens, terms.StudentLayers), teachers.Look(tokens, terms.TeacherLayers),
                tokens.Mask, micro.Compute)
                .Select(term => term.Value.item<float>()),
        ];
    }

    [Fact]
    public void Relations_SplitIntoRelationHeads_DoNotDependOnAttentionHeads()
    {
        using var micro = new MicroTask();
        using var scope = NewDisposeScope();
        var (student, teacher) = (randn(2, 5, 3 * 32), randn(2, 5, 3 * 48));

        // The same for any number of attention heads, since it is computed from the projections as a whole: 8 divides 32 and 48.
        Assert.Equal(8, RelationLoss.HeadsFor(32, 48));
        Assert.True(RelationLoss.Relations(student, teacher, null, 8, micro.Compute).item<float>() > 0);
        Assert.Equal(12, RelationLoss.HeadsFor(312, 768));
        Assert.Equal(1, RelationLoss.HeadsFor(31, 48));
    }

    [Fact]
    public void Run_WithoutLayers_KeepsNothing()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        using var scope = NewDisposeScope();
        var batch = TrainingBatch.Create(micro.Examples, [0, 1], 0, micro.Context);
        var (_, projected) = ProjectedCall.Run(model, batch.Tokens, [1]);
        Assert.Equal([2, batch.Tokens.Ids.shape[1], 3 * 32], projected[1].shape);

        Assert.Empty(ProjectedCall.Run(model, batch.Tokens, []).Projected);
        Assert.All(model.modules().OfType<BertSelfAttention>(), attention => Assert.Null(attention.Projected));
    }

    [Fact]
    public void Run_ManySteps_LeaveNoTensorsBehind()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        Step();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 100; i++)
            Step();

        // One tensor a step would be a hundred. Finalizers of earlier tests may run meanwhile, and take away from the count.
        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 50);

        void Step()
        {
            using var scope = NewDisposeScope();
            var batch = TrainingBatch.Create(micro.Examples, [0, 1], 0, micro.Context);
            ProjectedCall.Run(model, batch.Tokens, [0, 1]).Projected[0].sum().backward();
            foreach (var parameter in model.parameters())
                parameter.grad = null;
        }
    }
}
