using Edge.Bundles.Tasks;
using Edge.Trainer.Data.Cleaning;

namespace Edge.Trainer.Data.Reading;

/// <summary>How data files are read.</summary>
internal sealed record DataReadOptions
{
    /// <summary>Which column or key is what (<c>--map</c>); <c>null</c>: names are taken as they stand.</summary>
    public ColumnMap? Map { get; init; }

    /// <summary>
    /// File that bad rows are written to (<c>--skip-bad</c>), as JSON Lines with <c>file</c>, <c>line</c>, <c>reason</c> and
    /// <c>row</c>; <c>null</c>: bad rows are an error.
    /// </summary>
    public string? SkipBadFile { get; init; }

    /// <summary>
    /// Where bad rows are put instead of ending the reading, for who wants to report them beside the rest; <c>null</c>: nowhere.
    /// </summary>
    public ICollection<BadRow>? BadRows { get; init; }

    /// <summary>Where the account of each file is put as soon as its rows are known; <c>null</c>: nowhere.</summary>
    public ICollection<FileAccount>? Accounts { get; init; }

    /// <summary>
    /// Heads to read (<c>--task</c>): other keys are left out, and a label that a head's non-empty list lacks is a bad row.
    /// <c>null</c>: every key other than <c>text</c>, <c>context</c> and <c>id</c> is a head.
    /// </summary>
    public TaskDefinition? Task { get; init; }

    /// <summary>
    /// A task whose labels' spelling counts without being imposed: labels of the data that differ from one in case or width only are taken
    /// for it. <c>null</c>: that of <see cref="Task"/>.
    /// </summary>
    public TaskDefinition? Spelling { get; init; }

    /// <summary>
    /// What the offsets of spans count (<c>--offsets</c>); they are converted. <c>null</c>: UTF-16 units, and rows of which something else
    /// is sure are bad.
    /// </summary>
    public OffsetUnit? Offsets { get; init; }

    /// <summary>What is done to the utterances before a split is made of them, and the seed of the split.</summary>
    public DataPreparation Preparation { get; init; } = new();

    /// <summary>Share of the training rows that becomes dev where there is no dev file, 0.01 to 0.5.</summary>
    public double DevShare { get; init; } = 0.1;

    /// <summary>Share of the training rows that becomes test where there is no test file, 0.01 to 0.5.</summary>
    public double TestShare { get; init; } = 0.1;
}
