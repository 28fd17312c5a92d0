using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Standins.Tests.Torch;

public sealed class TensorTests
{
    [Fact]
    public void Creation_TypeFollowsTheNetType()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(3.0).dtype);
        Assert.Equal(ScalarType.Float32, zeros(1).dtype);
        Assert.Equal(ScalarType.Int64, full(2, 7).dtype);
        Assert.Equal(ScalarType.Float32, (tensor(1) / tensor(2)).dtype);
    }

    [Fact]
    public void Creation_CopiesItsData()
    {
        using var scope = NewDisposeScope();
        var data = new long[] { 1, 2, 3, 4, 5, 6 };
        var made = tensor(data, [2, 3]);
        data[0] = 9;
        Assert.Equal([2, 3], made.shape);
        Assert.Equal([1L, 2, 3, 4, 5, 6], made.data<long>().ToArray());
        Assert.Equal([[1f, 2f], [3f, 4f]], Rows(from_array(new float[,] { { 1, 2 }, { 3, 4 } })));
    }

    [Fact]
    public void Indexing_EachForm_GivesTheSameAsNumPy()
    {
        using var scope = NewDisposeScope();
        var t = arange(24).view(2, 3, 4);
        Assert.Equal(23, t[1, 2, 3].item<long>());
        Assert.Equal([12, 13, 14, 15], Longs(t[1, 0]));
        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 11], Longs(t[0, 1..3]));
        Assert.Equal([3, 7, 11, 15, 19, 23], Longs(t[TensorIndex.Ellipsis, 3]));
        Assert.Equal([20, 22], Longs(t[1, ^1, TensorIndex.Slice(step: 2)]));
        Assert.Equal([1, 2, 1, 3, 4], t[TensorIndex.None, .., TensorIndex.None].shape);
        Assert.Equal([2, 3, 4], t[tensor(new long[] { 1, 0 })].shape);
        Assert.Equal([13, 17], Longs(t[t.remainder(4).eq(1)][3..5]));
    }

    [Fact]
    public void Indexing_Assignment_ChangesTheTensor()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 3);
        t[0, 1] = 5f;
        t[TensorIndex.Colon, 2] = tensor(new[] { 1f, 2f });
        Assert.Equal([0f, 5, 1, 0, 0, 2], t.data<float>().ToArray());
    }

    [Fact]
    public void Data_OfTransposedTensor_FollowsItsStrides()
    {
        using var scope = NewDisposeScope();
        var t = arange(6).view(2, 3).t();
        Assert.False(t.is_contiguous());
        Assert.Equal([0, 3, 1, 4, 2, 5], t.data<long>().ToArray());
        Assert.Equal(4, t.data<long>()[1, 1]);
        Assert.Equal([0, 3, 1, 4, 2, 5], Longs(t.contiguous()));
    }

    [Fact]
    public void Comparison_Operators_GiveBoolTensors()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1f, 2f, 3f });
        Assert.Equal([false, true, false], (t == 2).data<bool>().ToArray());
        Assert.Equal([true, true, false], (t < 3f).data<bool>().ToArray());
        Assert.Equal([false, true, true], (1 < t).data<bool>().ToArray());
        Assert.Equal([true, false, true], t.equal(tensor(new[] { 1f, 0f, 3f })).data<bool>().ToArray());
        Assert.True(t.Equals(t.clone()));
    }

    [Fact]
    public void Reductions_OverDimensions_KeepShapeAndIndex()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1f, 5, 3, 9, 2, 4 }, [2, 3]);
        var (values, indexes) = t.max(1);
        Assert.Equal([5f, 9f], values.data<float>().ToArray());
        Assert.Equal([1L, 0L], indexes.data<long>().ToArray());
        Assert.Equal([2, 1], t.mean([1], true).shape);
        Assert.Equal([9f, 5f], t.topk(1).values.sort(0, true).Values.data<float>().ToArray());
        Assert.Equal(24f, t.sum().ToSingle());
        Assert.Equal([0L, 1L], Longs(t.argmax(0).narrow(0, 1, 1) * 0 + tensor(new long[] { 0, 1 })));
    }

    [Fact]
    public void BFloat16_ReadDirectly_Throws()
    {
        using var scope = NewDisposeScope();
        var t = tensor(1.5f).bfloat16();
        Assert.Throws<ArgumentException>(() => t.item<float>());
        Assert.Equal(1.5f, t.to(ScalarType.Float32).item<float>());
    }

    [Fact]
    public void KlDiv_ByDefault_TakesTheTargetForLogarithms()
    {
        using var scope = NewDisposeScope();
        var p = tensor(new[] { 0.2, 0.8 });
        var q = tensor(new[] { 0.5, 0.5 });
        var expected = 0.5 * Math.Log(0.5 / 0.2) + 0.5 * Math.Log(0.5 / 0.8);
        Assert.Equal(expected, F.kl_div(p.log(), q.log(), reduction: nn.Reduction.Sum).item<double>(), 10);
        Assert.Equal(expected, F.kl_div(p.log(), q, log_target: false, reduction: nn.Reduction.Sum).item<double>(), 10);
    }

    [Fact]
    public void CrossEntropy_AllIgnored_IsNaN()
    {
        using var scope = NewDisposeScope();
        Assert.True(float.IsNaN(F.cross_entropy(zeros(2, 3), tensor(new long[] { -100, -100 })).item<float>()));
    }

    [Fact]
    public void Dropout_ByDefault_IsOn()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var x = ones(1000);
        var dropped = F.dropout(x, 0.25);
        Assert.InRange((dropped == 0).sum().ToInt32(), 180, 320);
        Assert.Equal(1 / 0.75f, dropped.max().item<float>(), 5);
        Assert.True(F.dropout(x, 0.25, training: false).Equals(x));
    }

    [Fact]
    public void ManualSeed_Again_RepeatsRandomNumbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(42);
        var first = randn(5);
        manual_seed(42);
        Assert.True(first.Equals(randn(5)));
        using var one = new Generator(7);
        using var two = new Generator(7);
        Assert.True(randperm(20, generator: one).Equals(randperm(20, generator: two)));
        var state = one.get_state();
        var drawn = rand(3, generator: one);
        one.set_state(state);
        Assert.True(drawn.Equals(rand(3, generator: one)));
        Assert.Equal(7, one.initial_seed());
    }

    [Fact]
    public void Device_WithoutCuda_IsRefused()
    {
        Assert.SkipWhen(cuda.is_available(), "this machine has CUDA");
        using var scope = NewDisposeScope();
        Assert.Throws<InvalidOperationException>(() => device("cuda:0"));
        Assert.Throws<InvalidOperationException>(() => ones(1).to("cuda"));
        Assert.Equal("cpu", ones(1).device.ToString());
        Assert.Equal(0, cuda.device_count());
    }

    [Fact]
    public void Init_Normal_HasItsDeviation()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var t = nn.init.normal_(empty(10000, requires_grad: true), 0, 0.02);
        Assert.InRange(t.std().item<float>(), 0.019f, 0.021f);
        Assert.True(t.is_leaf);
    }

    private static long[] Longs(Tensor t) => t.data<long>().ToArray();

    private static float[][] Rows(Tensor t) => [.. Enumerable.Range(0, (int)t.shape[0]).Select(row => t[row].data<float>().ToArray())];
}
