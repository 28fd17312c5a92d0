using System.CommandLine;
using System.Globalization;
using Edge.Bundles.Common;
using Edge.Trainer.Model;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer run</c>: from labelled utterances to a bundle.</summary>
internal static class RunCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var defaults = new RunOptions { Data = "", Out = "" };
        var common = new TrainingArguments("DIR", "Folder of the bundle; must not exist yet.");
        var task = TrainerOptions.Task();
        var force = new Option<bool>("--force") { Description = "Replace the bundle in --out, once the new one is complete." };
        var unlabelled = new Option<string?>("--unlabelled")
        {
            HelpName = "FILE",
            Description =
                "Utterances without labels, one a line or as .jsonl: read in pretraining, and the teacher answers them for the student."
        };
        var checkpointFolder = new Option<string?>("--teacher")
        {
            HelpName = "HF_DIR",
            Description =
                "Hugging Face directory of a pretrained BERT that the teacher starts from, with its vocabulary; see " +
                "docs/guide/checkpoints.md."
        };
        var teacher = new Option<string?>("--teacher-size")
        {
            HelpName = "SIZE", Description = $"{ModelSizes.Known}. Without it the student's size."
        };
        var student = new Option<string>("--student-size")
        {
            HelpName = "SIZE", DefaultValueFactory = _ => defaults.StudentSize,
            Description = $"{ModelSizes.Known}. With --teacher one of the teacher's widths starts from its layers."
        };
        var budget = new Option<double>("--budget-minutes")
        {
            HelpName = "N", DefaultValueFactory = _ => defaults.BudgetMinutes, Description = "Wall time of the whole run; 0.05 to 10000."
        };
        var epochs = new Option<string?>("--epochs")
        {
            HelpName = "P,T,S[,N]",
            Description =
                "Epochs of pretraining, teacher and student, and how many teachers, instead of a plan by time. The same ones and the " +
                "same seed give the same bundle."
        };
        var accepted = new Option<double>("--accepted-accuracy")
        {
            HelpName = "SHARE", DefaultValueFactory = _ => defaults.AcceptedAccuracy,
            Description = "Share of a head's accepted answers that shall be right; sets the thresholds. 0.5 to 1."
        };
        var replicas = TrainerOptions.Replicas();
        var resume = TrainerOptions.Resume();
        var checkpoint = TrainerOptions.CheckpointMinutes(defaults.CheckpointMinutes);
        var freeze = new Option<int?>("--freeze")
        {
            HelpName = "N",
            Description =
                "Keep the teacher's embeddings and its first N layers as they are; instead of fineTuning.frozenLayers in --config."
        };
        var tensorBoard = TrainerOptions.TensorBoard();

        var command = new Command(
            "run",
            "Trains a teacher, distils a student, exports FP32 and INT8, calibrates, measures, and writes a bundle.\n" +
            "Example: edge-trainer run --data data/calls --out bundles/first --budget-minutes 20")
        {
            common.Data, common.Out, force, task, unlabelled, checkpointFolder, teacher, student, budget, epochs, common.Seed, common.Map,
            common.Offsets,
            common.SkipBad, common.Threads, common.Config, accepted, freeze, replicas, resume, checkpoint, tensorBoard,
        };
        command.SetAction(arguments => CommandGuard.Run("run", Console.Error, () =>
        {
            var options = common.Read(arguments) with
            {
                Force = arguments.GetValue(force),
                TaskFile = arguments.GetValue(task),
                Unlabelled = arguments.GetValue(unlabelled),
                Teacher = arguments.GetValue(checkpointFolder),
                TeacherSize = arguments.GetValue(teacher),
                StudentSize = arguments.GetRequiredValue(student),
                BudgetMinutes = arguments.GetValue(budget),
                Epochs = arguments.GetValue(epochs) is { } text ? ParseEpochs(text) : null,
                AcceptedAccuracy = arguments.GetValue(accepted),
                Replicas = arguments.GetValue(replicas),
                Resume = arguments.GetValue(resume),
                CheckpointMinutes = arguments.GetValue(checkpoint),
                TensorBoard = arguments.GetValue(tensorBoard),
            };
            new RunPipeline(options, common.Settings(arguments, options.Problems(), arguments.GetValue(freeze)), TrainerOptions.Display(),
                cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }

    // What is no number becomes NaN, which the options' check reports with everything else.
    private static double[] ParseEpochs(string text) =>
        [.. text.Split(',').Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var epochs) ? epochs : double.NaN)];
}
