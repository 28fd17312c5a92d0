namespace Edge.Trainer.Training;

/// <summary>Names of the phases, as progress, TensorBoard and the record of a run show them.</summary>
internal static class PhaseNames
{
    /// <summary>Masked-language modelling.</summary>
    public const string Pretraining = "pretraining";

    /// <summary>The same for a student that cannot start from its teacher's layers.</summary>
    public const string StudentPretraining = "pretraining of the student";

    /// <summary>The only teacher of a run.</summary>
    public const string Teacher = "teacher";

    /// <summary>The student of <c>run</c> and <c>distill</c>.</summary>
    public const string Student = "student";

    /// <summary>The model of <c>finetune</c>.</summary>
    public const string Training = "training";

    /// <summary>The student again, for its INT8 file.</summary>
    public const string QuantizationAware = "quantization-aware training";

    /// <summary>One of a run's teachers.</summary>
    /// <param name="which">Which, from 1.</param>
    /// <param name="all">How many there are.</param>
    public static string TeacherOf(int which, int all) => all == 1 ? Teacher : $"{Teacher} {which} of {all}";
}
