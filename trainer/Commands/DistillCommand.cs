using System.CommandLine;
using Edge.Trainer.Model;
using Edge.Trainer.Running;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer distill</c>: a student from trained teachers.</summary>
internal static class DistillCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var defaults = new RunOptions { Data = "", Out = "" };
        var (data, map, skipBad) = (CommonOptions.Data(), CommonOptions.Map(), CommonOptions.SkipBad());
        var (config, threads, seed) = (CommonOptions.Config(), CommonOptions.Threads(), CommonOptions.Seed(defaults.Seed));
        var teachers = new Option<string[]>("--teacher") { Required = true, HelpName = "DIR", Description = "Trained model: a folder of finetune, or a bundle. Several times for several teachers, which answer together." };
        var output = new Option<string>("--out") { Required = true, HelpName = "DIR", Description = "Folder of the student (config.json, model.safetensors, vocab.txt, task.json); must not exist yet." };
        var student = new Option<string>("--student-size") { HelpName = "SIZE", DefaultValueFactory = _ => defaults.StudentSize, Description = $"{string.Join(", ", ModelSizes.Students.Keys)}, or WIDTHxLAYERSxFEEDFORWARD. Of the teacher's width it starts from the teacher's layers." };
        var unlabelled = new Option<string?>("--unlabelled") { HelpName = "FILE", Description = "Utterances without labels, one a line or as .jsonl, that the teachers answer too." };
        var epochs = new Option<double?>("--epochs") { HelpName = "N", Description = "Most epochs of the student. Without it the recipe's most." };
        var pretraining = new Option<double?>("--pretraining-epochs") { HelpName = "N", Description = "Epochs of masked-language modelling of the student before. Without it none where it starts from the teacher's layers." };
        var budget = new Option<double?>("--budget-minutes") { HelpName = "N", Description = "Wall time of each phase of the training; the learning rate falls towards its end." };
        var resume = new Option<bool>("--resume") { Description = "Go on with a training that was ended, killed or not, with the same options." };
        var command = new Command(
            "distill",
            "Trains a student on what trained teachers answer (docs/distillation.md), and writes it in Hugging Face's form.\n" +
            "Example: edge-trainer distill --teacher models/calls --data data/calls --student-size tiny --out models/student")
        {
            teachers, data, output, student, unlabelled, epochs, pretraining, budget, config, seed, map, skipBad, threads, resume,
        };
        command.SetAction(arguments => CommandGuard.Run("distill", Console.Error, () =>
        {
            var options = new DistillOptions
            {
                Run = new RunOptions
                {
                    Data = arguments.GetRequiredValue(data),
                    Out = arguments.GetRequiredValue(output),
                    Unlabelled = arguments.GetValue(unlabelled),
                    StudentSize = arguments.GetRequiredValue(student),
                    Map = arguments.GetValue(map),
                    SkipBadFile = arguments.GetValue(skipBad),
                    Seed = arguments.GetValue(seed),
                    Threads = arguments.GetValue(threads),
                    Resume = arguments.GetValue(resume),
                },
                Teachers = arguments.GetRequiredValue(teachers),
                Epochs = arguments.GetValue(epochs),
                PretrainingEpochs = arguments.GetValue(pretraining),
                Minutes = arguments.GetValue(budget),
            };
            var recipe = RecipeFile.ReadOrDefault(arguments.GetValue(config), null, out var problems);
            UsageException.ThrowIfAny([.. options.Problems(), .. problems]);
            new DistillPipeline(options, recipe, CommonOptions.Display(), cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }
}
