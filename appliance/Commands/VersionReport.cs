using System.CommandLine;
using System.CommandLine.Invocation;
using Edge.Bundles.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.ML.OnnxRuntime;
using MQTTnet;

namespace Edge.Appliance.Commands;

/// <summary><c>--version</c>: this program, and the packages in use by the names of their assemblies.</summary>
internal sealed class VersionReport : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        PackagesInUse.WriteVersion(
            parseResult.InvocationConfiguration.Output, "edge-appliance",
            typeof(InferenceSession), typeof(IMqttClient), typeof(SystemdNotifier), typeof(SqliteConnection));
        return ExitCode.Done;
    }
}
