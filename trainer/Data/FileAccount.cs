using System.Text.Json.Nodes;

namespace Edge.Trainer.Data;

/// <summary>What a file is, and what became of each of its rows: utterances and bad rows together are all of them.</summary>
/// <param name="File">The file.</param>
/// <param name="Form">Form, encoding, separator, quotes.</param>
/// <param name="Utterances">Rows that became utterances.</param>
/// <param name="BadRows">Rows that cannot be used.</param>
/// <param name="Spanning">First and last line of each row that stands on several lines.</param>
internal sealed record FileAccount(string File, string Form, int Utterances, int BadRows, IReadOnlyList<(int First, int Last)> Spanning)
{
    private const int PlacesShown = 5;

    /// <summary>Rows of the file.</summary>
    public int Rows => Utterances + BadRows;

    /// <summary>For programs.</summary>
    public JsonObject ToJson() => new()
    {
        ["file"] = File,
        ["form"] = Form,
        ["rows"] = Rows,
        ["utterances"] = Utterances,
        ["badRows"] = BadRows,
        ["rowsOnSeveralLines"] = new JsonArray([.. Spanning.Select(lines => new JsonArray(lines.First, lines.Last))]),
    };

    /// <summary>In one line.</summary>
    public override string ToString()
    {
        var spanning = Spanning.Count == 0
            ? ""
            : $"; {Spanning.Count} {(Spanning.Count == 1 ? "stands" : "stand")} on several lines " +
                $"({string.Join(", ", Spanning.Take(PlacesShown).Select(lines => $"{lines.First}-{lines.Last}"))}" +
                $"{(Spanning.Count > PlacesShown ? " ..." : "")})";
        return $"{File}: {Form}; {Rows} {(Rows == 1 ? "row" : "rows")}, " +
            (BadRows == 0 ? "all of them utterances" : $"{Utterances} utterances and {BadRows} that cannot be used") + spanning;
    }
}
