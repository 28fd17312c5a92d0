using System.CommandLine;
using Edge.Trainer.Model;
using Edge.Trainer.Running;
using Edge.Trainer.Tuning;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer tune</c>: looks for better settings within a time.</summary>
internal static class TuneCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var defaults = new RunOptions { Data = "", Out = "", BudgetMinutes = 60 };
        var (data, task, map, skipBad) = (CommonOptions.Data(), CommonOptions.Task(), CommonOptions.Map(), CommonOptions.SkipBad());
        var (config, threads, seed) = (CommonOptions.Config(), CommonOptions.Threads(), CommonOptions.Seed(defaults.Seed));
        var output = new Option<string>("--out") { Required = true, HelpName = "FILE", Description = "Settings to write, for run --config; the table of trials is written beside it." };
        var budget = new Option<double>("--budget-minutes") { HelpName = "N", DefaultValueFactory = _ => defaults.BudgetMinutes, Description = "Wall time of the search; 0.05 to 10000." };
        var parameters = new Option<string>("--parameters") { HelpName = "NAMES", DefaultValueFactory = _ => string.Join(',', TunedParameter.Usual), Description = $"What to look for, separated by commas: {string.Join(", ", TunedParameter.All.Keys)}." };
        var trials = new Option<int?>("--trials") { HelpName = "N", Description = "Settings that are tried first, 3 to 243. Without it 9, or 27 where the budget is above 45 minutes." };
        var checkpoint = new Option<string?>("--teacher") { HelpName = "HF_DIR", Description = "Hugging Face directory that the teacher starts from, as for run." };
        var teacher = new Option<string?>("--teacher-size") { HelpName = "SIZE", Description = $"{string.Join(", ", ModelSizes.Teachers.Keys)}, or WIDTHxLAYERSxFEEDFORWARD. Without it the student's size." };
        var student = new Option<string>("--student-size") { HelpName = "SIZE", DefaultValueFactory = _ => defaults.StudentSize, Description = $"{string.Join(", ", ModelSizes.Students.Keys)}, or WIDTHxLAYERSxFEEDFORWARD." };
        var command = new Command(
            "tune",
            "Tries settings by successive halving, judged on dev, and writes the best ones (docs/training.md).\n" +
            "Example: edge-trainer tune --data data/calls --out recipe.json --budget-minutes 120 --parameters lr,dropout,soft-weight")
        {
            data, output, budget, parameters, trials, checkpoint, teacher, student, task, config, seed, map, skipBad, threads,
        };
        command.SetAction(arguments => CommandGuard.Run("tune", Console.Error, () =>
        {
            var options = new TuneOptions
            {
                Run = new RunOptions
                {
                    Data = arguments.GetRequiredValue(data),
                    Out = arguments.GetRequiredValue(output),
                    TaskFile = arguments.GetValue(task),
                    Map = arguments.GetValue(map),
                    SkipBadFile = arguments.GetValue(skipBad),
                    Teacher = arguments.GetValue(checkpoint),
                    TeacherSize = arguments.GetValue(teacher),
                    StudentSize = arguments.GetRequiredValue(student),
                    BudgetMinutes = arguments.GetValue(budget),
                    Seed = arguments.GetValue(seed),
                    Threads = arguments.GetValue(threads),
                },
                Parameters = arguments.GetRequiredValue(parameters).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Trials = arguments.GetValue(trials),
            };
            var recipe = RecipeFile.ReadOrDefault(arguments.GetValue(config), null, out var problems);
            UsageException.ThrowIfAny([.. options.Problems(), .. problems]);
            new TunePipeline(options, recipe, CommonOptions.Display(), cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }
}
