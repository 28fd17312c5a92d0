using Edge.Bundles.Tasks;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// What a budget is divided by. The numbers are those that gave the best models on the sets of docs/guide/accuracy.md; <c>--epochs</c>
/// overrules them all.
/// </summary>
internal sealed record BudgetRules
{
    /// <summary>Most epochs of pretraining; more brought nothing that was measured.</summary>
    public const double UsualPretrainingEpochs = 12;

    // So many utterances make enough steps with the most epochs; a hundred utterances in as many epochs would be two steps each.
    private const int LeastUtterances = 1000;

    /// <inheritdoc cref="UsualPretrainingEpochs"/>
    public double MostPretrainingEpochs { get; init; } = UsualPretrainingEpochs;

    /// <summary>With fewer there is no pretraining: the time teaches more where labels are.</summary>
    public double FewestPretrainingEpochs { get; init; } = 4;

    /// <summary>Part of the training time for pretraining; a model that begins as convolutions gains more from labels.</summary>
    public double PretrainingShare { get; init; } = 0.1;

    /// <summary>Most epochs of a teacher; time for more trains further teachers.</summary>
    public double MostTeacherEpochs { get; init; } = 15;

    /// <summary>Fewest epochs for which a teacher is trained at all; below, the student learns from the labels alone, for longer.</summary>
    public double FewestTeacherEpochs { get; init; } = 10;

    /// <summary>Part of the training time for teachers; the student has the rest.</summary>
    public double TeacherShare { get; init; } = 0.35;

    /// <summary>Most teachers; 0: the student learns from the labels alone.</summary>
    public required int MostTeachers { get; init; }

    /// <summary>Most epochs of the student.</summary>
    public required double MostStudentEpochs { get; init; }

    /// <summary>The rules of a run from nothing.</summary>
    /// <param name="recipe">Its settings.</param>
    /// <param name="task">Where no head tags words, one label an utterance is soon known by heart and says little of what words
    /// mean.</param>
    /// <param name="utterances">Training utterances, above 0; fewer than the epochs were found for are read more often, up to as many
    /// steps.</param>
    public static BudgetRules Of(RunRecipe recipe, TaskDefinition task, int utterances)
    {
        var rules = new BudgetRules
        {
            MostTeachers = recipe.Distillation.NeedsTeacher ? recipe.MostTeachers : 0,
            MostStudentEpochs = recipe.MostStudentEpochs,
        };
        if (task.Heads.All(head => head.Kind != HeadKind.Span))
            rules = rules with { MostTeacherEpochs = 5, FewestTeacherEpochs = 4, PretrainingShare = 0.25 };
        var times = Math.Max(1, (double)LeastUtterances / utterances);
        return rules with
        {
            MostPretrainingEpochs = rules.MostPretrainingEpochs * times,
            MostTeacherEpochs = rules.MostTeacherEpochs * times,
            MostStudentEpochs = rules.MostStudentEpochs * times,
        };
    }

    /// <summary>The same where the teacher starts from a checkpoint, which knows much before its first epoch.</summary>
    /// <param name="studentSharesLayers">Whether the student starts from its layers, so that nothing is left to pretrain.</param>
    public BudgetRules FromCheckpoint(bool studentSharesLayers) =>
        this with { FewestTeacherEpochs = 1, PretrainingShare = studentSharesLayers ? 0 : PretrainingShare };
}
