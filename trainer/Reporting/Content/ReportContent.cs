using Edge.Bundles.Masking;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Reporting.Content;

/// <summary>Everything that a report shows.</summary>
internal sealed record ReportContent
{
    /// <summary>
    /// Id of the bundle; <c>null</c> while it is being written, because the report is one of the files that the id is made from.
    /// </summary>
    public string? BundleId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The bundle's task; its language is the one that the report opens in.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>What was measured on: a file's name, or <c>test</c>.</summary>
    public required string Data { get; init; }

    /// <summary>Answers to these utterances.</summary>
    public required JudgedSet Judged { get; init; }

    /// <summary>Their figures, with confidence intervals.</summary>
    public required EvaluationReport Figures { get; init; }

    /// <summary>The same utterances by other precisions of the student.</summary>
    public IReadOnlyList<EvaluationReport> OtherPrecisions { get; init; } = [];

    /// <summary>Confidence from which answers are accepted, by head; 0 where absent.</summary>
    public IReadOnlyDictionary<string, float> Thresholds { get; init; } = new Dictionary<string, float>();

    /// <summary>Figures on the same utterances made harder.</summary>
    public IReadOnlyList<StressResult> Stress { get; init; } = [];

    /// <summary>
    /// How the model was trained; <c>null</c> for bundles that do not say. Its teacher is shown beside the figures: only where it answered
    /// the same utterances.
    /// </summary>
    public RunRecord? Run { get; init; }

    /// <summary>Masks every text that the report shows: it leaves the machine that the utterances are on.</summary>
    public PersonalDataMasker Masker { get; } = new();

    /// <summary>True where several heads judge an utterance, so that being right in all of them says more than any of them.</summary>
    public bool HasSentences => Figures.Heads.Count(head => head.Report.Kind != HeadKind.Score) > 1;

    /// <summary>True where the report opens in Chinese.</summary>
    public bool IsChinese => LanguageTag.IsChinese(Task.Language);
}
