using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training;

/// <summary>What the training step takes for granted of TorchSharp: what a scope disposes, and what belongs to a thread.</summary>
public sealed class DisposeScopeTests
{
    [Fact]
    public void Scope_AtItsEnd_DisposesAllButWhatWasMovedOut()
    {
        Tensor dies, moves, detaches;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                dies = ones(2);
                moves = ones(2).MoveToOuterDisposeScope();
                detaches = ones(2).DetachFromDisposeScope();
            }
            Assert.True(dies.IsInvalid);
            Assert.False(moves.IsInvalid);
        }
        Assert.True(moves.IsInvalid);
        Assert.False(detaches.IsInvalid);
        detaches.Dispose();
    }

    [Fact]
    public void Scope_AroundModule_LeavesItsParametersAndGradients()
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

    /// <summary>Copies of a model on several devices each work on a thread of their own.</summary>
    [Fact]
    public void ScopeAndNoGrad_OfOneThread_LeaveOthersAlone()
    {
        Tensor? other = null;
        var recordsElsewhere = false;
        using (NewDisposeScope())
        using (no_grad())
        {
            var thread = new Thread(() => (other, recordsElsewhere) = (ones(1), is_grad_enabled()));
            thread.Start();
            thread.Join();
            Assert.False(is_grad_enabled());
        }
        Assert.True(recordsElsewhere);
        Assert.False(other!.IsInvalid);
        other.Dispose();
    }
}
