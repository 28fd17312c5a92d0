using System.CommandLine;
using Edge.Bundles.Common;
using Edge.Trainer.Model;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer finetune</c>: one model from labels, without a student.</summary>
internal static class FinetuneCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var defaults = new FineTuneOptions { Run = new RunOptions { Data = "", Out = "" } };
        var common =
            new TrainingArguments("DIR", "Folder of the model (config.json, model.safetensors, vocab.txt, task.json); must not exist yet.");
        var task = TrainerOptions.Task();
        var init = new Option<string?>("--init")
        {
            HelpName = "DIR",
            Description = "Start from a Hugging Face directory, a folder of finetune, or a bundle's student. Without it from nothing."
        };
        var size = new Option<string>("--size")
        {
            HelpName = "SIZE", DefaultValueFactory = _ => defaults.Size,
            Description = $"Size of a model that starts from nothing: {ModelSizes.Known}."
        };
        var epochs = new Option<double>("--epochs")
        {
            HelpName = "N", DefaultValueFactory = _ => defaults.Epochs, Description = "Epochs on the labels."
        };
        var pretraining = new Option<double?>("--pretraining-epochs")
        {
            HelpName = "N", Description = "Epochs of masked-language modelling on the texts before. Without it none where --init is given."
        };
        var freeze = new Option<int?>("--freeze")
        {
            HelpName = "N",
            Description = "Keep the embeddings and the first N layers as they are; instead of fineTuning.frozenLayers in --config."
        };
        var replicas = TrainerOptions.Replicas();
        var resume = TrainerOptions.Resume();
        var checkpoint = TrainerOptions.CheckpointMinutes(defaults.Run.CheckpointMinutes);
        var tensorBoard = TrainerOptions.TensorBoard();
        var command = new Command(
            "finetune",
            "Trains one model on labels: the whole of it, upper layers, or LoRA (docs/guide/training.md), and writes it in Hugging " +
            "Face's form.\n" +
            "Example: edge-trainer finetune --data data/calls --init models/bert-base-chinese --out models/calls --freeze 6 --epochs 4")
        {
            common.Data, common.Out, init, size, task, epochs, pretraining, freeze, common.Config, common.Seed, common.Map,
            common.Offsets, common.SkipBad,
            common.Threads, replicas, resume, checkpoint, tensorBoard,
        };
        command.SetAction(arguments => CommandGuard.Run("finetune", Console.Error, () =>
        {
            var options = new FineTuneOptions
            {
                Run = common.Read(arguments) with
                {
                    TaskFile = arguments.GetValue(task),
                    Replicas = arguments.GetValue(replicas),
                    Resume = arguments.GetValue(resume),
                    CheckpointMinutes = arguments.GetValue(checkpoint),
                    TensorBoard = arguments.GetValue(tensorBoard),
                },
                Init = arguments.GetValue(init),
                Size = arguments.GetRequiredValue(size),
                Epochs = arguments.GetValue(epochs),
                PretrainingEpochs = arguments.GetValue(pretraining),
            };
            new FineTunePipeline(options, common.Settings(arguments, options.Problems(), arguments.GetValue(freeze)),
                TrainerOptions.Display(), cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }
}
