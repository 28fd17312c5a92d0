using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Standins.Tests.Torch;

public sealed class OptimizerTests
{
    /// <summary>
    /// Two steps by hand, w = 1, g = 0.5 then 0.25, lr 0.1, decay 0.01, beta 0.9 and 0.999:
    /// step 1: decayed w = 0.999; m = 0.05, v = 0.00025; m / 0.1 = 0.5, sqrt(v / 0.001) = 0.5; w = 0.999 - 0.1 * 0.5 / 0.5 = 0.899.
    /// step 2: decayed w = 0.898101; m = 0.07, v = 0.00031225; m / 0.19 = 0.3684211, sqrt(v / 0.001999) = 0.3952235;
    /// w = 0.898101 - 0.1 * 0.3684211 / 0.3952235 = 0.8048826.
    /// </summary>
    [Fact]
    public void AdamW_TwoSteps_EqualHandComputation()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor(new[] { 1f }));
        using var optimizer = optim.AdamW([weight], lr: 0.1, weight_decay: 0.01);
        weight.grad = tensor(new[] { 0.5f });
        optimizer.step();
        Assert.Equal(0.899f, weight[0].item<float>(), 5);
        weight.grad = tensor(new[] { 0.25f });
        optimizer.step();
        Assert.Equal(0.8048826f, weight[0].item<float>(), 5);
    }

    [Fact]
    public void AdamW_DefaultDecay_IsZero()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor(new[] { 2f }));
        using var optimizer = optim.AdamW([weight], lr: 0.1);
        weight.grad = zeros(1);
        optimizer.step();
        Assert.Equal(2f, weight[0].item<float>());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void AdamW_ManyElements_EqualsTensorFormula(ScalarType type)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var start = randn(37, 11, dtype: type);
        var weight = new Parameter(start.clone());
        using var optimizer = optim.AdamW([weight], lr: 0.02, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.1);
        var w = start.clone();
        var m = zeros_like(w);
        var v = zeros_like(w);
        for (var step = 1; step <= 5; step++)
        {
            var g = randn(37, 11, dtype: type);
            weight.grad = g;
            optimizer.step();
            w = w * (1 - 0.02 * 0.1);
            m = m * 0.8 + g * (1 - 0.8);
            v = v * 0.95 + g * g * (1 - 0.95);
            w = w - 0.02 / (1 - Math.Pow(0.8, step)) * m / (v.sqrt() / Math.Sqrt(1 - Math.Pow(0.95, step)) + 1e-6);
        }
        Assert.True(weight.allclose(w, rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void ParamGroup_WithoutRate_TakesItsOwnDefault()
    {
        using var scope = NewDisposeScope();
        List<Parameter> first = [new Parameter(ones(2))], second = [new Parameter(ones(2))], third = [new Parameter(ones(2))];
        using var optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup(first, weight_decay: 0.1),
                new AdamW.ParamGroup(second, lr: 5e-5),
                new AdamW.ParamGroup(third, new AdamW.Options { weight_decay = 0.3 }),
            ],
            lr: 0.5);
        Assert.Equal([1e-3, 5e-5, 0.5], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [Fact]
    public void Step_ParameterWithoutGradient_StaysAsItIs()
    {
        using var scope = NewDisposeScope();
        var used = new Parameter(ones(1));
        var unused = new Parameter(ones(1));
        using var optimizer = optim.AdamW([used, unused], lr: 0.1, weight_decay: 0.5);
        used.grad = ones(1);
        optimizer.step();
        Assert.Equal(1f, unused[0].item<float>());
        Assert.NotEqual(1f, used[0].item<float>());
    }

    [Fact]
    public void ZeroGrad_OfOptimizer_FillsZerosAndOfModuleDropsGradients()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(2, 1);
        using var optimizer = optim.AdamW(linear.parameters());
        linear.call(ones(1, 2)).sum().backward();
        optimizer.zero_grad();
        Assert.Equal([0f, 0f], linear.weight.grad!.data<float>().ToArray());
        linear.zero_grad();
        Assert.Null(linear.weight.grad);
    }

    [Fact]
    public void Step_AfterParametersWereReplaced_Throws()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(2, 1);
        using var optimizer = optim.AdamW(linear.parameters());
        linear.to(ScalarType.Float64);
        Assert.Throws<KeyNotFoundException>(() => optimizer.step());
    }

    [Fact]
    public void ClipGradNorm_AboveMaximum_ScalesAllAndReturnsTheOldNorm()
    {
        using var scope = NewDisposeScope();
        var a = new Parameter(zeros(2));
        var b = new Parameter(zeros(1));
        a.grad = tensor(new[] { 3f, 0f });
        b.grad = tensor(new[] { 4f });
        Assert.Equal(5.0, nn.utils.clip_grad_norm_([a, b], 1.0), 5);
        Assert.Equal(0.6f, a.grad![0].item<float>(), 5);
        Assert.Equal(0.8f, b.grad![0].item<float>(), 5);
        Assert.Equal(1.0, nn.utils.clip_grad_norm_([a, b], 10.0), 5);
        Assert.Equal(0.8f, b.grad![0].item<float>(), 5);
    }

    [Fact]
    public void StateDict_SavedAndLoaded_ContinuesTheSameWay()
    {
        using var scope = NewDisposeScope();
        var path = Path.GetTempFileName();
        try
        {
            var first = new Parameter(ones(3));
            using var one = optim.AdamW([first], lr: 0.1);
            first.grad = tensor(new[] { 1f, 2f, 3f });
            one.step();
            one.save_state_dict(path);

            var second = new Parameter(first.detach().clone());
            using var two = optim.AdamW([second], lr: 0.7);
            two.load_state_dict(path);
            Assert.Equal(0.1, two.ParamGroups.Single().LearningRate);
            foreach (var (parameter, optimizer) in new[] { (first, one), (second, two) })
            {
                parameter.grad = tensor(new[] { -1f, 0.5f, 2f });
                optimizer.step();
            }
            Assert.True(first.allclose(second));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Sgd_WithMomentum_EqualsHandComputation()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor(new[] { 1f }));
        using var optimizer = optim.SGD([weight], learningRate: 0.1, momentum: 0.9);
        foreach (var expected in new[] { 0.9f, 0.71f })
        {
            weight.grad = ones(1);
            optimizer.step();
            Assert.Equal(expected, weight[0].item<float>(), 5);
        }
    }

    [Fact]
    public void LambdaLR_Constructor_AppliesTheFirstEpoch()
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.AdamW([new Parameter(ones(1))], lr: 1.0);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => epoch / 2.0);
        var seen = new List<double> { optimizer.ParamGroups.Single().LearningRate };
        for (var i = 0; i < 2; i++)
        {
            scheduler.step();
            seen.Add(optimizer.ParamGroups.Single().LearningRate);
        }
        Assert.Equal([0, 0.5, 1], seen);
    }

    [Fact]
    public void LinearAndCosine_OverTheirLength_GoFromStartToEnd()
    {
        using var scope = NewDisposeScope();
        using var first = optim.AdamW([new Parameter(ones(1))], lr: 1.0);
        var linear = optim.lr_scheduler.LinearLR(first, start_factor: 1.0, end_factor: 0.5, total_iters: 4);
        using var second = optim.AdamW([new Parameter(ones(1))], lr: 1.0);
        var cosine = optim.lr_scheduler.CosineAnnealingLR(second, 4);
        var rates = new List<(double, double)>();
        for (var i = 0; i < 4; i++)
        {
            linear.step();
            cosine.step();
            rates.Add((Math.Round(linear.get_last_lr().Single(), 6), Math.Round(cosine.get_last_lr().Single(), 6)));
        }
        Assert.Equal([(0.875, 0.853553), (0.75, 0.5), (0.625, 0.146447), (0.5, 0)], rates);
    }
}
