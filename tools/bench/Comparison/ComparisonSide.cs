using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Bench.Commands;
using Edge.Bench.Machine;
using Edge.Bundles.Common;

namespace Edge.Bench.Comparison;

/// <summary>The process of one side: an edge-bench, or a peer; one without a tokenizer gets the tokens of a text.</summary>
internal sealed class ComparisonSide : IDisposable
{
    private readonly MeasuredProcess _process;
    private readonly Func<string, string> _line;

    private ComparisonSide(string name, MeasuredProcess process, Func<string, string> line)
    {
        (Name, _process, _line) = (name, process, line);
        Ready = JsonSerializer.Deserialize<SideReady>(process.Ready, JsonSerializerOptions.Web)!;
    }

    /// <summary>As it was named.</summary>
    public string Name { get; }

    /// <summary>What it says of itself.</summary>
    public SideReady Ready { get; }

    /// <summary>Resident memory, megabytes.</summary>
    public double ResidentMegabytes => _process.ResidentMegabytes;

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>Starts it.</summary>
    /// <param name="settings">The side.</param>
    /// <param name="isPaced">Whether its turns are of one request each 20 ms.</param>
    /// <exception cref="UserException">It cannot be started, or there is no such bundle.</exception>
    public static ComparisonSide Start(SideSettings settings, bool isPaced)
    {
        string[] paced = isPaced ? [SideCommand.Paced] : [];
        return settings.Runner == PeerRunner.None
            ? new ComparisonSide(settings.Name, new MeasuredProcess(settings.Program, [.. settings.Arguments, .. paced], ""), text => text)
            : StartPeer(settings, paced);
    }

    /// <summary>Lets it take a turn.</summary>
    /// <returns>What each time took, milliseconds.</returns>
    public double[] Take(string text) => [.. _process.Ask(_line(text)).EnumerateArray().Select(time => time.GetDouble())];

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static ComparisonSide StartPeer(SideSettings settings, string[] paced)
    {
        var peers = Path.Combine(AppContext.BaseDirectory, "peers");
        var advice = $"\nIt needs Node.js and, once: npm ci --ignore-scripts --prefix {peers}";
        using var bundle = ServedBundle.Open(settings.Bundle, $"--compare: {settings.Name}", settings.Precision);
        if (settings.Runner == PeerRunner.Transformers)
        {
            string[] arguments =
                [Path.Combine(peers, "transformers.mjs"), bundle.Directory, Path.GetFileName(bundle.ModelFile), bundle.Precision,
                    settings.HasPassPerHead ? "heads" : "one", .. paced];
            return new ComparisonSide(settings.Name, new MeasuredProcess("node", arguments, advice), text => text);
        }
        var process = new MeasuredProcess(
            "node", [Path.Combine(peers, "onnxruntime.mjs"), bundle.Id, bundle.ModelFile, bundle.Precision, .. paced], advice);
        var (tokenizer, length) = (bundle.Tokenizer, bundle.Task.MaxLength);
        return new ComparisonSide(settings.Name, process, text =>
        {
            var encoded = tokenizer.Encode(text, null, length);
            return JsonSerializer.Serialize(new { ids = encoded.Ids, types = encoded.TypeIds });
        });
    }
}
