using System.Text.Json;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Commands;

/// <summary>Prints answers (docs/reference/mqtt.md) for people: the text, a line a head and a line an entity, and what answered.</summary>
internal sealed class AnswerPrinter(TextWriter output, Styles styles)
{
    /// <summary>Prints an answer, or the error that came instead.</summary>
    public void Print(string text, JsonElement answer)
    {
        output.WriteLine(styles.Strong(text));
        if (answer.TryGetProperty("code", out var code))
        {
            output.WriteLine($"  {styles.Doubtful(code.GetString()!)}  {answer.GetProperty("message").GetString()}");
            output.WriteLine();
            return;
        }
        var heads = answer.EnumerateObject().Where(key => !TaskRules.AnswerMembers.Contains(key.Name)).ToList();
        var spans = answer.GetProperty("spans").EnumerateArray().ToList();
        var width = heads.Select(head => head.Name).Concat(spans.Select(span => span.GetProperty("label").GetString()!))
            .Max(name => name.Length) + 2;
        foreach (var head in heads)
            PrintHead(answer, head, width);
        foreach (var span in spans)
        {
            output.WriteLine(
                $"  {span.GetProperty("label").GetString()!.PadRight(width)}{styles.Strong(span.GetProperty("text").GetString()!)}"
                + $"  {styles.Faint(Percent(span.GetProperty("confidence").GetDouble()))}");
        }
        if (answer.TryGetProperty("outOfScope", out var score))
            output.WriteLine($"  {"outOfScope".PadRight(width)}{styles.Faint($"{score.GetDouble():0.000}")}");
        var late = answer.TryGetProperty("late", out var isLate) && isLate.GetBoolean() ? ", late" : "";
        output.WriteLine(
            styles.Faint(
                $"  {answer.GetProperty("latencyMs").GetDouble():0.00} ms{late}, bundle {answer.GetProperty("bundle").GetString()}"));
        output.WriteLine();
    }

    private void PrintHead(JsonElement answer, JsonProperty head, int width)
    {
        var confidence = Percent(answer.GetProperty("confidence").GetProperty(head.Name).GetDouble());
        confidence = answer.GetProperty("accepted").GetProperty(head.Name).GetBoolean()
            ? styles.Good(confidence)
            : styles.Doubtful(confidence + ", uncertain");
        output.WriteLine($"  {head.Name.PadRight(width)}{styles.Strong(Value(head.Value))}  {confidence}");
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => $"{value.GetDouble():0.00}",
        JsonValueKind.Array =>
            value.GetArrayLength() == 0 ? "none" : string.Join(", ", value.EnumerateArray().Select(label => label.GetString())),
        // Entities have a line each, below.
        _ => value.EnumerateObject().Count() switch { 0 => "none", var labels => $"{labels} found" },
    };

    private static string Percent(double confidence) => $"{confidence * 100:0.0} %";
}
