using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Edge.Bench.Machine;
using Edge.Bundles.Common;
using Spectre.Console;

namespace Edge.Bench.Commands;

/// <summary><c>edge-bench doctor</c>: what this box has, what would make it faster, and what its broker needs to lose nothing.</summary>
internal static class BoxDoctorCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var mosquitto = new Option<string>("--mosquitto")
        {
            Description = $"mosquitto's configuration (default: {MosquittoFile.Usual}).", HelpName = "FILE",
            DefaultValueFactory = _ => MosquittoFile.Usual,
        };
        var command = new Command("doctor",
            "Says what this box has and what would make it faster, and whether mosquitto's settings lose messages; watches the box for a " +
            "second.\nExample: edge-bench doctor")
        {
            mosquitto, json
        };
        command.SetAction(result => Run(result.GetRequiredValue(mosquitto), result.GetValue(json)));
        return command;
    }

    private static int Run(string mosquitto, bool json)
    {
        var facts = BoxFactsReader.Read(mosquitto);
        var hints = BoxHints.Of(facts);
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(new { facts, hints }, JsonSerializerOptions.Web));
        else
            Print(facts, hints);
        return ExitCode.Done;
    }

    private static void Print(BoxFacts facts, IReadOnlyList<string> hints)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        Row("processor", facts.Processor);
        Row("processors",
            facts.CpuQuota is { } quota
            ? string.Create(CultureInfo.InvariantCulture, $"{facts.Processors}, the time of {quota:0.##}")
            : $"{facts.Processors}");
        Row("memory", string.Create(CultureInfo.InvariantCulture, $"{facts.MemoryGiB:0.0} GiB, {facts.FreeMemoryGiB:0.0} GiB free"));
        Row("INT8 MatMul", facts.EightBitProducts);
        if (facts.Governor is { } governor)
            Row("governor", governor);
        Row("GPU", facts.Gpu ?? "none with CUDA");
        Row("ONNX Runtime", $"{facts.OnnxRuntime}, providers: {string.Join(", ", facts.Providers)}");
        Row("packages", string.Join(", ", facts.Packages));
        Row(".NET", facts.DotNet);
        Row("mosquitto", facts.Mosquitto is { } mosquitto
            ? $"{mosquitto.File}, {mosquitto.Settings.Count(setting => setting.IsRight)} of {mosquitto.Settings.Count} settings right"
            : "no configuration that can be read");
        AnsiConsole.Write(grid);
        foreach (var hint in hints)
            Console.Out.WriteLine(hint);
        if (hints.Count == 0)
            Console.Out.WriteLine("Nothing to improve was found.");

        void Row(string name, string value) => grid.AddRow(new Text(name), new Text(value));
    }
}
