using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>Divides the time of a run among its phases, by how many tokens a second the machine trains.</summary>
internal static class BudgetPlanner
{
    // Other work on the machine makes a phase slower than its plan. Up to this factor it still gets its epochs.
    internal const double Slack = 1.25;

    // Labels are read so often before time goes to texts that have none.
    private const double LabelledEpochs = 10;

    /// <summary>Plans a run.</summary>
    /// <param name="rules">Most and fewest epochs, parts of the time.</param>
    /// <param name="available">Time for all phases together.</param>
    /// <param name="tokensPerEpoch">Tokens of the training set.</param>
    /// <param name="speed">Tokens a second.</param>
    /// <param name="sharedPretraining">Whether the student starts from its pretrained teacher.</param>
    public static RunPlan Plan(BudgetRules rules, TimeSpan available, long tokensPerEpoch, TrainingSpeed speed, bool sharedPretraining)
    {
        var pretrainingSpeed = sharedPretraining ? speed.Teacher : 1 / ((1 / speed.Teacher) + (1 / speed.Student));
        var pretraining = Pretraining(pretrainingSpeed);
        var teacher = Epochs(rules.TeacherShare * available, speed.Teacher, double.PositiveInfinity);
        if (teacher < rules.FewestTeacherEpochs || rules.MostTeachers == 0)
            return WithoutTeacher();
        // Time for more epochs than one teacher can use trains further teachers.
        var teachers = (int)Math.Clamp(teacher / rules.MostTeacherEpochs, 1, rules.MostTeachers);
        teacher = Math.Min(teacher / teachers, rules.MostTeacherEpochs);
        var rest = available - Time(pretraining, pretrainingSpeed) - (Time(teacher, speed.Teacher) * teachers);
        var distillation = speed.Distillation(teachers);
        var student = Epochs(rest, distillation, rules.MostStudentEpochs);
        return new RunPlan(Limit(pretraining, pretrainingSpeed), Limit(teacher, speed.Teacher), teachers, Limit(student, distillation),
            rules.MostStudentEpochs);

        // Too little time for two models: one, with the share of pretraining that it would have had.
        RunPlan WithoutTeacher()
        {
            var alone = Pretraining(speed.Student);
            var left = available - Time(alone, speed.Student);
            return new RunPlan(
                Limit(alone, speed.Student), new PhaseLimit(0, TimeSpan.Zero), 0,
                Limit(Epochs(left, speed.Student, rules.MostStudentEpochs), speed.Student), rules.MostStudentEpochs);
        }

        double Pretraining(double tokensPerSecond)
        {
            var epochs = Epochs(rules.PretrainingShare * available, tokensPerSecond, rules.MostPretrainingEpochs);
            return epochs < rules.FewestPretrainingEpochs ? 0 : epochs;
        }

        double Epochs(TimeSpan time, double tokensPerSecond, double most) =>
            Math.Min(most, Math.Max(0, time.TotalSeconds) * tokensPerSecond / tokensPerEpoch);

        TimeSpan Time(double epochs, double tokensPerSecond) => TimeSpan.FromSeconds(epochs * tokensPerEpoch / tokensPerSecond);

        PhaseLimit Limit(double epochs, double tokensPerSecond) => new(epochs, Time(epochs, tokensPerSecond) * Slack);
    }

    /// <summary>Changed texts that there is time for in the student's phase, as a multiple of the labelled utterances.</summary>
    /// <param name="student">What is expected of it, in epochs of labelled utterances.</param>
    public static double ChangedTexts(PhaseLimit student) => Math.Max(0, (student.Epochs / LabelledEpochs) - 1);

    /// <summary>How much faster a phase went than it was planned, above 0; 1 where nothing can be said.</summary>
    /// <param name="planned">What <see cref="Plan"/> gave it.</param>
    /// <param name="done">What it did.</param>
    public static double Pace(PhaseLimit planned, PhaseResult done) => planned.Epochs > 0 && done.Epochs > 0 && done.Elapsed > TimeSpan.Zero
        // a TimeSpan would overflow: --epochs sets no time
        ? planned.Time.TotalSeconds / Slack / planned.Epochs / (done.Elapsed.TotalSeconds / done.Epochs)
        : 1;

    /// <summary>
    /// Expects of the last phase, once it begins, all the time that is left, and as many epochs as the phase before lets expect in it.
    /// </summary>
    /// <param name="planned">What <see cref="Plan"/> gave it.</param>
    /// <param name="left">Time that is left.</param>
    /// <param name="pace"><see cref="Pace"/> of the phase before.</param>
    /// <param name="mostEpochs">Most epochs.</param>
    public static PhaseLimit Expect(PhaseLimit planned, TimeSpan left, double pace, double mostEpochs) => planned.Time == TimeSpan.Zero
        ? planned with { Time = left }
        : new PhaseLimit(Math.Min(mostEpochs, planned.Epochs * pace * (left / (planned.Time / Slack))), left);
}
