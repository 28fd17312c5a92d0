using Edge.Bundles;
using Edge.Bundles.Inference;

namespace Edge.Trainer.Tests.Export;

/// <summary>The pooled vector, which tells what is out of scope, is an output of every file.</summary>
public sealed class PooledOutputTests
{
    [Fact]
    public void Pooled_OfEveryPrecision_IsTheSameVector()
    {
        using var folder = new TemporaryFolder();
        var exact = Pooled(folder, Precision.Fp32);

        Assert.Equal(Students.Tiny.HiddenSize, exact.Length);
        Assert.All(exact, value => Assert.InRange(value, -1, 1));
        foreach (var precision in new[] { Precision.Fp16, Precision.Int8, Precision.Dynamic })
            Assert.All(exact.Zip(Pooled(folder, precision)), pair => Assert.Equal(pair.First, pair.Second, 0.1));
    }

    [Fact]
    public void Pooled_OfATaskWithoutScope_IsNotGivenOut()
    {
        using var folder = new TemporaryFolder();
        foreach (var task in new[] { Students.SpanOnly, Students.SingleOnly, Students.EveryKind with { ScopeHead = "" } })
        {
            Students.Export(
                Precision.Int8, Students.Tiny, task, Students.Weights(Students.Tiny, task), folder.File("model.onnx"));
            using var session = StudentSession.Open(folder.File("model.onnx"), task.Heads);
            Assert.False(session.GivesPooled);
        }
    }

    private static float[] Pooled(TemporaryFolder folder, string precision)
    {
        Students.Export(
            precision, Students.Tiny, Students.EveryKind, Students.Weights(Students.Tiny, Students.EveryKind), folder.File("model.onnx"));
        using var session = StudentSession.Open(folder.File("model.onnx"), Students.EveryKind.Heads);
        using var logits = session.CreateLogits();
        session.Run(Students.Utterance(Students.Tiny, Students.EveryKind, 9, seed: 3), logits);
        return logits.Pooled.ToArray();
    }
}
