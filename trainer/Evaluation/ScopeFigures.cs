using System.Text.Json.Nodes;

namespace Edge.Trainer.Evaluation;

/// <summary>What a score separates.</summary>
/// <param name="Auroc">Area under the ROC curve.</param>
/// <param name="RecallAt95">Share of the utterances out of scope that are found where 95 % of those in scope are accepted.</param>
internal sealed record ScopeFigures(double Auroc, double RecallAt95)
{
    /// <summary>95 % confidence interval of each; <c>null</c> where they were not computed.</summary>
    public (Interval Auroc, Interval RecallAt95)? Intervals { get; init; }

    /// <summary>Measures a score.</summary>
    /// <param name="separation">The score.</param>
    /// <param name="count">Utterances.</param>
    /// <param name="intervals">With confidence intervals.</param>
    public static ScopeFigures Of(Separation separation, int count, bool intervals)
    {
        var (auroc, recall) = separation.Figures([]);
        if (!intervals)
            return new ScopeFigures(auroc, recall);
        var found = Bootstrap.Intervals(count, weights =>
        {
            var figures = separation.Figures(weights);
            return [figures.Auroc, figures.RecallAt95];
        });
        return new ScopeFigures(auroc, recall) { Intervals = (found[0], found[1]) };
    }

    /// <summary>Adds the figures to a JSON object.</summary>
    public void AddTo(JsonObject json)
    {
        (json["auroc"], json["recallAt95"]) = (Math.Round(Auroc, 6), Math.Round(RecallAt95, 6));
        if (Intervals is { } found)
            json["intervals"] = new JsonObject { ["auroc"] = found.Auroc.ToJson(), ["recallAt95"] = found.RecallAt95.ToJson() };
    }
}
