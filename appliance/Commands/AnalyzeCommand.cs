using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Bundles.Common;

namespace Edge.Appliance.Commands;

/// <summary><c>edge-appliance analyze "text"</c>: one answer, without broker and service.</summary>
internal static class AnalyzeCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var common = new ConfigurationArguments();
        var text = new Argument<string>("text") { Description = "What the caller said." };
        var context = new Option<string?>("--context") { Description = "Earlier turns, for bundles that read them.", HelpName = "TEXT" };
        var json = new Option<bool>("--json") { Description = "Print the answer as it is sent over MQTT." };
        var command = new Command("analyze", "Analyses one utterance and prints the answer.") { text, context, json };
        common.AddTo(command);
        command.SetAction(result => Run(
            common.Load(result, needsFile: false), result.GetRequiredValue(text), result.GetValue(context), result.GetValue(json)));
        return command;
    }

    private static int Run(LoadedOptions loaded, string text, string? context, bool json)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new UserException(
                ExitCode.BadInput, "the text is empty; give what the caller said in quotes, for example: edge-appliance analyze \"我要退款\"");
        using var runner = new RunnerChoice(loaded, threads: 1).OpenQuickly();
        var analyzer = runner.Analyzers[0];
        // Once before the clock runs: the service never answers with a cold model either.
        analyzer.Analyze(text, context).Dispose();
        var start = Stopwatch.GetTimestamp();
        using var analyzed = analyzer.Analyze(text, context);
        var details = new AnswerDetails { Id = "analyze", Latency = Stopwatch.GetElapsedTime(start) };
        var answer = AnswerWriter.Write(analyzed, details);
        if (json)
        {
            Console.Out.WriteLine(Encoding.UTF8.GetString(answer));
            return ExitCode.Done;
        }
        using var document = JsonDocument.Parse(answer);
        new AnswerPrinter(Console.Out, Styles.ForOutput()).Print(text, document.RootElement);
        if (analyzed.Truncated)
            Console.Out.WriteLine(
                $"The text is longer than the model reads ({runner.Bundle.Task.MaxLength} tokens); its end was not read.");
        return ExitCode.Done;
    }
}
