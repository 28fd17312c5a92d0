using System.CommandLine;
using Edge.Bundles.Common;
using Edge.Trainer.Model;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer distill</c>: a student from trained teachers.</summary>
internal static class DistillCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var defaults = new RunOptions { Data = "", Out = "" };
        var common = new TrainingArguments(
            "DIR", "Folder of the student (config.json, model.safetensors, vocab.txt, task.json); must not exist yet.");
        var teachers = new Option<string[]>("--teacher")
        {
            Required = true, HelpName = "DIR",
            Description = "Trained model: a folder of finetune, or a bundle. Several times for several teachers, which answer together."
        };
        var student = new Option<string>("--student-size")
        {
            HelpName = "SIZE", DefaultValueFactory = _ => defaults.StudentSize,
            Description = $"{ModelSizes.Known}. Of the teacher's width it starts from the teacher's layers."
        };
        var unlabelled = new Option<string?>("--unlabelled")
        {
            HelpName = "FILE", Description = "Utterances without labels, one a line or as .jsonl, that the teachers answer too."
        };
        var epochs =
            new Option<double?>("--epochs") { HelpName = "N", Description = "Most epochs of the student. Without it the recipe's most." };
        var pretraining = new Option<double?>("--pretraining-epochs")
        {
            HelpName = "N",
            Description =
                "Epochs of masked-language modelling of the student before. Without it none where it starts from the teacher's layers."
        };
        var budget = new Option<double?>("--budget-minutes")
        {
            HelpName = "N", Description = "Wall time of each phase of the training; the learning rate falls towards its end."
        };
        var resume = TrainerOptions.Resume();
        var checkpoint = TrainerOptions.CheckpointMinutes(defaults.CheckpointMinutes);
        var tensorBoard = TrainerOptions.TensorBoard();
        var command = new Command(
            "distill",
            "Trains a student on what trained teachers answer (docs/guide/distillation.md), and writes it in Hugging Face's form.\n" +
            "Example: edge-trainer distill --teacher models/calls --data data/calls --student-size tiny --out models/student")
        {
            teachers, common.Data, common.Out, student, unlabelled, epochs, pretraining, budget, common.Config, common.Seed, common.Map,
            common.Offsets,
            common.SkipBad, common.Threads, resume, checkpoint, tensorBoard,
        };
        command.SetAction(arguments => CommandGuard.Run("distill", Console.Error, () =>
        {
            var options = new DistillOptions
            {
                Run = common.Read(arguments) with
                {
                    Unlabelled = arguments.GetValue(unlabelled),
                    StudentSize = arguments.GetRequiredValue(student),
                    Resume = arguments.GetValue(resume),
                    CheckpointMinutes = arguments.GetValue(checkpoint),
                    TensorBoard = arguments.GetValue(tensorBoard),
                },
                Teachers = arguments.GetRequiredValue(teachers),
                Epochs = arguments.GetValue(epochs),
                PretrainingEpochs = arguments.GetValue(pretraining),
                Minutes = arguments.GetValue(budget),
            };
            new DistillPipeline(options, common.Settings(arguments, options.Problems()), TrainerOptions.Display(), cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }
}
