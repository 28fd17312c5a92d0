using Edge.Appliance.Analysis;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;

namespace Edge.Appliance.Commands;

/// <summary>Prints an answer for people.</summary>
internal sealed class AnswerPrinter(TextWriter output, Styles styles)
{
    /// <summary>Prints the text, a line a head (and a line an entity), and what answered.</summary>
    public void Print(AnalyzedUtterance analyzed, AnswerDetails details, ServedBundle bundle)
    {
        output.WriteLine(styles.Strong(analyzed.Text));
        output.WriteLine();
        var width = analyzed.Heads.Max(head => head.Name.Length) + 2;
        for (var i = 0; i < analyzed.Heads.Count; i++)
            PrintHead(analyzed, i, width, bundle.ThresholdOf(analyzed.Heads[i]));
        output.WriteLine();
        output.WriteLine(styles.Faint($"bundle {details.Bundle} ({bundle.Precision}), {details.Latency.TotalMilliseconds:0.00} ms"));
        if (analyzed.Truncated)
            output.WriteLine(styles.Doubtful($"The text is longer than the model reads ({bundle.Task.MaxLength} tokens); its end was not read."));
    }

    private void PrintHead(AnalyzedUtterance analyzed, int index, int width, float threshold)
    {
        var head = analyzed.Heads[index];
        var prediction = analyzed.Predictions[index];
        var confidence = Percent(prediction.Confidence);
        confidence = analyzed.Accepted[index]
            ? styles.Good(confidence)
            : styles.Doubtful($"{confidence}, uncertain: below {Percent(threshold)}");
        output.WriteLine($"  {head.Name.PadRight(width)}{styles.Strong(Value(head, prediction))}  {confidence}");
        foreach (var span in prediction.Spans)
        {
            var place = styles.Faint($"characters {span.Start} to {span.End - 1}");
            output.WriteLine($"    {span.Label}  {styles.Strong(analyzed.Text[span.Start..span.End])}  {Percent(span.Confidence)}  {place}");
        }
    }

    private static string Value(HeadDefinition head, HeadPrediction prediction) => head.Kind switch
    {
        HeadKind.Single => prediction.Label!,
        HeadKind.Score => $"{prediction.Score:0.00}",
        HeadKind.Multi => prediction.Labels.Count == 0 ? "none" : string.Join(", ", prediction.Labels),
        _ => prediction.Spans.Count switch { 0 => "none", var count => $"{count}" },
    };

    private static string Percent(float confidence) => $"{confidence * 100:0.0} %";
}
