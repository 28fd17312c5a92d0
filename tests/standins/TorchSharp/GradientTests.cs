using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Standins.Tests.Torch;

/// <summary>Gradients against central differences, in float64, of every operation that training a BERT uses.</summary>
public sealed class GradientTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Operations = new()
    {
        ["add, mul and div by tensors"] = x => (x + x * x) / (x * x + 2.0),
        ["scalars on both sides"] = x => 3.0 - (2.0 * x) / 5.0 + 1.0 / (x + 4.0),
        ["exp, log, sqrt, pow"] = x => (x.exp() + 1.0).log() + (x * x + 1.0).sqrt() + x.pow(3),
        ["tanh and sigmoid"] = x => x.tanh() * x.sigmoid(),
        ["gelu"] = x => x.gelu(),
        ["relu"] = x => x.relu(),
        ["softmax"] = x => x.softmax(-1) * Weights(x),
        ["log_softmax"] = x => x.log_softmax(-1) * Weights(x),
        ["layer_norm"] = x => F.layer_norm(x, [4], Row(0.5), Row(0.1), 1e-5) * Weights(x),
        ["linear"] = x => F.linear(x, Matrix(5, 4), Row(0.3, 5)),
        ["mm and transpose"] = x => x.mm(x.t()) * 0.5,
        ["bmm"] = x => x.view(1, 3, 4).bmm(x.view(1, 3, 4).transpose(1, 2)),
        ["attention with a mask"] = x => Attention(x),
        ["mean over rows"] = x => x.mean([0]) * Row(1.5),
        ["sum keeping the dimension"] = x => x / (x * x).sum(1, true),
        ["index_select"] = x => x.index_select(0, tensor(new long[] { 2, 0, 2 })) * 2.0,
        ["gather"] = x => x.gather(1, tensor(new long[] { 3, 0, 1 }).unsqueeze(1)),
        ["masked_fill"] = x => x.masked_fill(x > 0.4, 0) * 3.0,
        ["cat, narrow and stack"] = x => cat([x.narrow(1, 0, 2), x * 2.0], 1).sum([0]) + stack([x, x * x]).sum([1]).view(8)[..6],
        ["indexing"] = x => x[TensorIndex.Colon, 0] * x[.., 1],
        ["where"] = x => where(x > 0.0, x * 2.0, x * x),
        ["cross_entropy"] = x => F.cross_entropy(x, tensor(new long[] { 1, -100, 3 })),
        ["cross_entropy smoothed"] = x => F.cross_entropy(x, tensor(new long[] { 1, 0, 3 }), label_smoothing: 0.1),
        ["cross_entropy of probabilities"] = x => F.cross_entropy(x, Matrix(3, 4).softmax(-1)),
        ["cross_entropy weighted"] = x => F.cross_entropy(x, tensor(new long[] { 1, 0, 3 }), Row(1).abs() + 0.5),
        ["kl_div"] = x => F.kl_div(x.log_softmax(-1), Matrix(3, 4).softmax(-1), log_target: false, reduction: nn.Reduction.Sum),
        ["mse_loss"] = x => F.mse_loss(x, Matrix(3, 4)),
        ["binary_cross_entropy_with_logits"] = x => F.binary_cross_entropy_with_logits(x, Matrix(3, 4).sigmoid()),
        ["normalize"] = x => F.normalize(x, 2, 1) * Weights(x),
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_OfOperation_EqualsCentralDifferences(string name)
    {
        using var scope = NewDisposeScope();
        var operation = Operations[name];
        double[] start = [0.31, -0.72, 0.55, 0.9, -0.4, 0.13, 0.77, -0.25, 0.62, -0.95, 0.28, 0.45];
        var x = tensor(start, [3, 4]).requires_grad_();
        operation(x).sum().backward();
        var found = x.grad!.data<double>().ToArray();

        for (var i = 0; i < start.Length; i++)
        {
            const double h = 1e-5;
            var expected = (Value(operation, start, i, h) - Value(operation, start, i, -h)) / (2 * h);
            Assert.True(Math.Abs(expected - found[i]) < 1e-7 + 1e-6 * Math.Abs(expected), $"{name}[{i}]: {found[i]}, differences give {expected}");
        }
    }

    [Fact]
    public void Backward_OfEmbedding_AddsUpRowsThatOccurTwice()
    {
        using var scope = NewDisposeScope();
        using var embedding = nn.Embedding(5, 2, padding_idx: 0);
        using var output = embedding.call(tensor(new long[] { 3, 0, 3 }));
        output.sum().backward();
        var grad = embedding.parameters().Single().grad!;
        Assert.Equal([0f, 0, 0, 0, 0, 0, 2, 2, 0, 0], grad.data<float>().ToArray());
    }

    [Fact]
    public void Grad_OfSecondOrder_IsTheSecondDerivative()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        first.backward();
        Assert.Equal(12.0, x.grad!.item<double>(), 12);
    }

    [Fact]
    public void Backward_Twice_AccumulatesUntilZeroed()
    {
        using var scope = NewDisposeScope();
        var x = tensor(3f, requires_grad: true);
        (x * x).backward();
        (x * x).backward();
        Assert.Equal(12f, x.grad!.item<float>());
        x.grad = null;
        Assert.Null(x.grad);
    }

    private static double Value(Func<Tensor, Tensor> operation, double[] start, int index, double change)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var moved = (double[])start.Clone();
        moved[index] += change;
        return operation(tensor(moved, [3, 4])).sum().item<double>();
    }

    private static Tensor Weights(Tensor x) => arange(1.0, 13.0, 1.0, ScalarType.Float64).view(x.shape);

    private static Tensor Row(double scale, int length = 4) => arange(-1.0, length - 1.0, 1.0, ScalarType.Float64) * scale;

    private static Tensor Matrix(int rows, int columns) =>
        (arange(0.0, rows * columns, 1.0, ScalarType.Float64) * 0.37).sin().view(rows, columns);

    private static Tensor Attention(Tensor x)
    {
        var heads = x.view(1, 3, 2, 2).transpose(1, 2); // [1, heads, tokens, 2]
        var mask = tensor(new[] { true, true, false }).view(1, 1, 1, 3).expand(1, 2, 3, 3);
        return F.scaled_dot_product_attention(heads, heads * 2.0, heads + 1.0, mask) * 1.5;
    }
}
