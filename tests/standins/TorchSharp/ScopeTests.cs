using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Standins.Tests.Torch;

/// <summary>Lifetime, scopes, modes, errors.</summary>
[Collection(nameof(ScopeTests))] // TotalCount is of the process: the class runs alone
[CollectionDefinition(nameof(ScopeTests), DisableParallelization = true)]
public sealed class ScopeTests
{
    [Fact]
    public void Training_ThousandSteps_LeaksNoTensor()
    {
        using var model = nn.Sequential(("up", nn.Linear(8, 16)), ("act", nn.GELU()), ("down", nn.Linear(16, 3)));
        using var rate = (TorchSharp.Scalar)(-0.3);
        using var inputs = randn(32, 8);
        using var targets = randint(3, [32]);
        var first = 0f;
        var last = 0f;
        var before = 0L;
        for (var step = 0; step < 1000; step++)
        {
            if (step == 10)
                before = Tensor.TotalCount;
            using var scope = NewDisposeScope();
            model.zero_grad();
            var loss = F.cross_entropy(model.call(inputs), targets);
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            using (no_grad())
            {
                foreach (var parameter in model.parameters())
                    parameter.add_(parameter.grad!, rate);
            }
            last = loss.item<float>();
            if (step == 0)
                first = last;
        }
        // The finalizer may take away tensors of other tests in the meantime, so there may be fewer.
        Assert.True(Tensor.TotalCount <= before, $"{Tensor.TotalCount - before} tensors more after 990 steps");
        Assert.True(last < first / 2, $"loss went from {first} to {last}");
    }

    [Fact]
    public void Scope_AtItsEnd_DisposesAllButWhatWasMovedOut()
    {
        Tensor dies, moves, detaches;
        using (var outer = NewDisposeScope())
        {
            using (var inner = NewDisposeScope())
            {
                dies = ones(2);
                moves = ones(2).MoveToOuterDisposeScope();
                detaches = ones(2).DetachFromDisposeScope();
                Assert.Equal(1, inner.DisposablesCount);
            }
            Assert.True(dies.IsInvalid);
            Assert.False(moves.IsInvalid);
            Assert.True(outer.Contains(moves));
        }
        Assert.True(moves.IsInvalid);
        Assert.False(detaches.IsInvalid);
        detaches.Dispose();
    }

    [Fact]
    public void Scope_OfOneThread_DoesNotTakeTensorsOfAnother()
    {
        Tensor? other = null;
        using (NewDisposeScope())
        {
            var thread = new Thread(() => other = ones(1));
            thread.Start();
            thread.Join();
        }
        Assert.False(other!.IsInvalid);
        other.Dispose();
    }

    [Fact]
    public void Scope_AroundModule_LeavesFactoryParametersAndGradients()
    {
        Linear linear;
        using (NewDisposeScope())
        {
            linear = nn.Linear(2, 1);
            linear.call(ones(1, 2)).sum().backward();
        }
        Assert.False(linear.weight.IsInvalid);
        using (NewDisposeScope())
            Assert.Equal([1f, 1f], linear.weight.grad!.data<float>().ToArray());
        linear.Dispose();
    }

    [Fact]
    public void Scope_AroundOwnParameter_TakesItUnlessDetached()
    {
        Parameter dies, lives;
        using (NewDisposeScope())
        {
            dies = nn.Parameter(ones(1));
            lives = (Parameter)nn.Parameter(ones(1)).DetachFromDisposeScope();
        }
        Assert.True(dies.IsInvalid);
        Assert.False(lives.IsInvalid);
        lives.Dispose();
    }

    [Fact]
    public void Use_AfterDispose_Throws()
    {
        var tensor = ones(1);
        tensor.Dispose();
        var error = Assert.Throws<InvalidOperationException>(() => tensor.add(1));
        Assert.Equal("Tensor invalid -- empty handle.", error.Message);
    }

    [Fact]
    public void To_WithoutWork_GivesAnotherWrapperOfTheSameStorage()
    {
        using var source = zeros(2);
        var alias = source.to(ScalarType.Float32);
        Assert.False(ReferenceEquals(source, alias));
        alias.fill_(7);
        alias.Dispose();
        Assert.Equal([7f, 7f], source.data<float>().ToArray());
    }

    [Fact]
    public void NoGrad_OnOneThread_LeavesOthersAlone()
    {
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            var elsewhere = false;
            var thread = new Thread(() => elsewhere = is_grad_enabled());
            thread.Start();
            thread.Join();
            Assert.True(elsewhere);
            using (enable_grad())
                Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void InferenceMode_TensorMadeInIt_RecordsNothing()
    {
        using var scope = NewDisposeScope();
        var weight = ones(2, requires_grad: true);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((weight * 2).requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
        Assert.True((weight * 2).requires_grad);
    }

    // matmul is not among these: in the real package a mismatch in it ends the process.
    [Fact]
    public void ShapeErrors_AreExceptionsOfOneThread()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.Throws<ExternalException>(() => ones(1, 2, 3).bmm(ones(1, 2, 3)));
        Assert.Throws<ExternalException>(() => F.linear(ones(2, 3), ones(4, 5)));
        Assert.Throws<ExternalException>(() => ones(2, 3).view(4));
        Assert.Throws<ExternalException>(() => F.cross_entropy(zeros(1, 3), tensor(new long[] { 3 })));
        Assert.Throws<ExternalException>(() => cat([ones(1, 2), ones(1, 3)]));
        Assert.Throws<ExternalException>(() => ones(2).index_select(0, tensor(new long[] { 5 })));
        Assert.Throws<ExternalException>(() => ones(2).backward());
        Assert.Equal(2f, ones(2).sum().item<float>());
    }

    [Fact]
    public void Item_OfAnotherType_NamesBothTypes()
    {
        using var tensor = torch.tensor(5L);
        var error = Assert.Throws<ArgumentException>(() => tensor.item<float>());
        Assert.Equal("Single is not compatible with Int64", error.Message);
    }
}
