using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Edge.Trainer.Commands;

/// <summary><c>--version</c>: the version, and which packages are in use.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        output.WriteLine($"edge-trainer {version?.Split('+')[0]}");
        foreach (var line in PackagesInUse.Describe())
            output.WriteLine(line);
        return ExitCode.Done;
    }
}
