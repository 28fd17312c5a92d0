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

    [Fact]
    public void Run_UnexpectedFailure_IsNotCaught() =>
        Assert.Throws<KeyNotFoundException>(() => CommandGuard.Run("run", TextWriter.Null, () => throw new KeyNotFoundException()));

    private sealed class NativeFailure(string message) : ExternalException(message);
}
