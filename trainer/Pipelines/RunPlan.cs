using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>What each phase will do.</summary>
/// <param name="Pretraining">Masked-language modelling of the first model; 0 epochs: left out.</param>
/// <param name="Teacher">Training of each teacher; 0 epochs: no teacher, the student learns from the labels alone.</param>
/// <param name="Teachers">Teachers that are trained one after the other.</param>
/// <param name="Student">Training of the student.</param>
/// <param name="MostStudentEpochs">Most epochs of it, where the machine turns out to be faster than planned.</param>
internal sealed record RunPlan(PhaseLimit Pretraining, PhaseLimit Teacher, int Teachers, PhaseLimit Student, double MostStudentEpochs)
{
    /// <summary>The plan in one line, with the time that each phase is expected to take.</summary>
    public override string ToString()
    {
        var phases = new[]
        {
            ("pretraining", Pretraining), (Teachers > 1 ? $"each of {Teachers} teachers" : "teacher", Teacher), ("student", Student)
        };
        var text = string.Join(
            ", ", phases.Where(p => p.Item2.Epochs > 0).Select(p => $"{p.Item1} {p.Item2.Epochs:0.#} epochs ({Minutes(p.Item2.Time)})"));
        return Teacher.Epochs > 0 ? text : text + ", no teacher";
    }

    private static string Minutes(TimeSpan time) =>
        time == TimeSpan.MaxValue ? "no limit" : $"{time.TotalMinutes / BudgetPlanner.Slack:0.0} min";
}
