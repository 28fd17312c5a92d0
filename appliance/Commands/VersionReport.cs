using System.CommandLine;
using System.CommandLine.Invocation;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;
using MQTTnet;

namespace Edge.Appliance.Commands;

/// <summary><c>--version</c>: this program, and the packages in use by the names of their assemblies.</summary>
internal sealed class VersionReport : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"edge-appliance {ProductVersion.Text}");
        Type[] types = [typeof(InferenceSession), typeof(Tokenizer), typeof(IMqttClient), typeof(SystemdNotifier), typeof(SqliteConnection)];
        foreach (var type in types)
            output.WriteLine($"  {ProductVersion.Of(type)}");
        output.WriteLine($"  .NET {Environment.Version}");
        return ExitCode.Done;
    }
}
