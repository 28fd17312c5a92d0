using System.Runtime.InteropServices;
using Edge.Bundles.Common;
using Edge.Trainer.Commands;

namespace Edge.Trainer.Tests.Commands;

public sealed class CommandGuardTests
{
    [Fact]
    public void Run_NativeFailure_SaysWhichOperationAskedAndLeavesTheBackTraceOut()
    {
        var errors = new StringWriter();

        var code = CommandGuard.Run("run", errors, () => throw new NativeFailure("not enough memory\nframe #0: c10::Error"));

        Assert.Equal(ExitCode.Environment, code);
        Assert.Matches(@"^edge-trainer run: libtorch failed in [^ ]+: not enough memory\r?\n$", errors.ToString());
    }

    [Theory]
    [InlineData(typeof(KeyNotFoundException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(NotSupportedException))]
    public void Run_UnexpectedFault_HasACodeOfItsOwnAndATrace(Type kind)
    {
        var errors = new StringWriter();

        var code = CommandGuard.Run("run", errors, () => throw (Exception)Activator.CreateInstance(kind)!);

        Assert.Equal(ExitCode.Fault, code);
        Assert.Contains("unexpected fault", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Run_UnexpectedFault_HasACodeOfItsOwnAndATrace), errors.ToString(), StringComparison.Ordinal);
    }

    private sealed class NativeFailure(string message) : ExternalException(message);
}
