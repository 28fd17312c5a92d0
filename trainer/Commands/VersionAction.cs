using System.CommandLine;
using System.CommandLine.Invocation;
using Edge.Bundles.Common;

namespace Edge.Trainer.Commands;

/// <summary><c>--version</c>: the version, and which packages are in use.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        PackagesInUse.WriteVersion(parseResult.InvocationConfiguration.Output, "edge-trainer", TrainerDoctorCommand.Packages);
        return ExitCode.Done;
    }
}
