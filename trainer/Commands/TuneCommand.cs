using System.CommandLine;
using Edge.Bundles.Common;
using Edge.Trainer.Model;
using Edge.Trainer.Pipelines;
using Edge.Trainer.Tuning;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer tune</c>: looks for better settings within a time.</summary>
internal static class TuneCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var defaults = new RunOptions { Data = "", Out = "", BudgetMinutes = 60 };
        var common = new TrainingArguments("FILE", "Settings to write, for run --config; the table of trials is written beside it.");
        var task = TrainerOptions.Task();
        var budget = new Option<double>("--budget-minutes")
        {
            HelpName = "N", DefaultValueFactory = _ => defaults.BudgetMinutes, Description = "Wall time of the search; 0.05 to 10000."
        };
        var parameters = new Option<string>("--parameters")
        {
            HelpName = "NAMES", DefaultValueFactory = _ => string.Join(',', TunedParameter.Usual),
            Description = $"What to look for, separated by commas: {string.Join(", ", TunedParameter.All.Keys)}."
        };
        var trials = new Option<int?>("--trials")
        {
            HelpName = "N",
            Description = "Settings that are tried first, 3 to 243. Without it 9, or 27 where the budget is above 45 minutes."
        };
        var checkpoint = new Option<string?>("--teacher")
        {
            HelpName = "HF_DIR", Description = "Hugging Face directory that the teacher starts from, as for run."
        };
        var teacher = new Option<string?>("--teacher-size")
        {
            HelpName = "SIZE", Description = $"{ModelSizes.Known}. Without it the student's size."
        };
        var student = new Option<string>("--student-size")
        {
            HelpName = "SIZE", DefaultValueFactory = _ => defaults.StudentSize, Description = $"{ModelSizes.Known}."
        };
        var command = new Command(
            "tune",
            "Tries settings by successive halving, judged on dev, and writes the best ones (docs/guide/training.md).\n" +
            "Example: edge-trainer tune --data data/calls --out recipe.json --budget-minutes 120 --parameters lr,dropout,soft-weight")
        {
            common.Data, common.Out, budget, parameters, trials, checkpoint, teacher, student, task, common.Config, common.Seed, common.Map,
            common.Offsets,
            common.SkipBad, common.Threads,
        };
        command.SetAction(arguments => CommandGuard.Run("tune", Console.Error, () =>
        {
            var options = new TuneOptions
            {
                Run = common.Read(arguments) with
                {
                    TaskFile = arguments.GetValue(task),
                    Teacher = arguments.GetValue(checkpoint),
                    TeacherSize = arguments.GetValue(teacher),
                    StudentSize = arguments.GetRequiredValue(student),
                    BudgetMinutes = arguments.GetValue(budget),
                },
                Parameters = arguments.GetRequiredValue(parameters)
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Trials = arguments.GetValue(trials),
            };
            new TunePipeline(options, common.Settings(arguments, options.Problems()), TrainerOptions.Display(), cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }
}
