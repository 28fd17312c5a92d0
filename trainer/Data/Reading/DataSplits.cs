namespace Edge.Trainer.Data.Reading;

/// <summary>The utterances of a data folder.</summary>
internal sealed record DataSplits
{
    /// <summary>What the model learns from.</summary>
    public required IReadOnlyList<LabelledUtterance> Train { get; init; }

    /// <summary>What decides on stopping, calibration and thresholds.</summary>
    public required IReadOnlyList<LabelledUtterance> Dev { get; init; }

    /// <summary>What the figures are measured on.</summary>
    public required IReadOnlyList<LabelledUtterance> Test { get; init; }

    /// <summary>What a person should know: splits that were made here, rows skipped, columns left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What each file is and what became of its rows.</summary>
    public IReadOnlyList<FileAccount> Files { get; init; } = [];
}
