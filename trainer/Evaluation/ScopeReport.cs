using System.Text.Json.Nodes;

namespace Edge.Trainer.Evaluation;

/// <summary>How well a bundle tells utterances out of scope from those in scope.</summary>
internal sealed record ScopeReport
{
    /// <summary>Utterances out of scope.</summary>
    public required int OutOfScope { get; init; }

    /// <summary>Utterances in scope: those that annotate the scope's head.</summary>
    public required int InScope { get; init; }

    /// <summary>Figures of the out-of-scope score; <c>null</c> where the bundle has none.</summary>
    public ScopeFigures? Score { get; init; }

    /// <summary>Figures of the confidence of the scope's head alone, in its place.</summary>
    public required ScopeFigures Confidence { get; init; }

    /// <summary>Share of the utterances out of scope whose answer of the scope's head is accepted all the same.</summary>
    public required double AcceptedOutOfScope { get; init; }

    /// <summary>The same of those in scope.</summary>
    public required double AcceptedInScope { get; init; }

    /// <summary>The figures as <c>edge-trainer evaluate --json</c> prints them.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["count"] = OutOfScope, ["inScope"] = InScope };
        if (Score is { } score)
            score.AddTo(json);
        json["accepted"] = Math.Round(AcceptedOutOfScope, 6);
        json["acceptedInScope"] = Math.Round(AcceptedInScope, 6);
        var confidence = new JsonObject();
        Confidence.AddTo(confidence);
        json["byConfidence"] = confidence;
        return json;
    }
}
