using System.CommandLine;
using Edge.Bundles.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Model;
using Edge.Trainer.Pipelines;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer pretrain</c>: masked-language modelling on raw texts.</summary>
internal static class PretrainCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CancellationToken cancellation)
    {
        var defaults = new PretrainOptions { Out = "" };
        var texts = new Option<string[]>("--texts")
        {
            HelpName = "FILE|DIR", AllowMultipleArgumentsPerToken = true,
            Description = "UTF-8 files with one text a line, or folders with such files (*.txt). May be given several times."
        };
        var data = new Option<string?>("--data")
        {
            HelpName = "DIR", Description = "Labelled data as for run; the texts of its training split are read too."
        };
        var map = TrainerOptions.Map();
        var offsets = TrainerOptions.Offsets();
        var skipBad = TrainerOptions.SkipBad();
        var output = new Option<string>("--out")
        {
            Required = true, HelpName = "HF_DIR", Description = "Hugging Face directory to write; must not exist yet."
        };
        var init = new Option<string?>("--init")
        {
            HelpName = "HF_DIR", Description = "Checkpoint to start from, with its vocabulary. Without it a model starts from nothing."
        };
        var size = new Option<string?>("--size")
        {
            HelpName = "SIZE", Description = $"Of a model that starts from nothing: {ModelSizes.Known}. Without it tiny."
        };
        var vocabulary = new Option<int?>("--vocabulary")
        {
            HelpName = "N", Description = "Word pieces of a vocabulary made from the texts, 200 to 100000. Without it 8000."
        };
        var maxLength = new Option<int>("--max-length")
        {
            HelpName = "N", DefaultValueFactory = _ => defaults.MaxLength,
            Description = "Longest input in tokens, 16 to 512; longer lines are read in parts."
        };
        var epochs = new Option<double?>("--epochs")
        {
            HelpName = "N", Description = "Passes over the texts. Without it 10, or as many as --budget-minutes allows."
        };
        var budget = new Option<double?>("--budget-minutes")
        {
            HelpName = "N", Description = "Wall time of the training; the learning rate falls towards its end."
        };
        var share = new Option<double>("--masked-share")
        {
            HelpName = "SHARE", DefaultValueFactory = _ => defaults.MaskedShare,
            Description = "Share of the tokens that are hidden, 0.05 to 0.5."
        };
        var seed = new Option<int>("--seed")
        {
            HelpName = "N", DefaultValueFactory = _ => defaults.Seed,
            Description = "Seed of order, noise, initial weights and hidden words."
        };
        var threads = TrainerOptions.Threads();
        var config = new Option<string?>("--config")
        {
            HelpName = "FILE",
            Description =
                "Settings of the training as JSON, see docs/reference/settings.md; of them pretraining and continuedPretraining count here."
        };
        var resume = TrainerOptions.Resume();
        var checkpoint = TrainerOptions.CheckpointMinutes(defaults.CheckpointMinutes);
        var tensorBoard = TrainerOptions.TensorBoard();

        var command = new Command(
            "pretrain",
            "Teaches a BERT the language of a site from raw texts (masked-language modelling) and writes a Hugging Face directory that " +
            "run --teacher takes.\n" +
            "Example: edge-trainer pretrain --texts transcripts/ --out models/site --budget-minutes 60")
        {
            texts, data, map, offsets, skipBad, output, init, size, vocabulary, maxLength, epochs, budget, share, seed, threads, config,
            resume,
            checkpoint, tensorBoard,
        };
        command.SetAction(arguments => CommandGuard.Run("pretrain", Console.Error, () =>
        {
            var options = new PretrainOptions
            {
                Texts = arguments.GetValue(texts) ?? [],
                Data = arguments.GetValue(data),
                Map = arguments.GetValue(map),
                Offsets = OffsetUnits.Parse(arguments.GetValue(offsets)),
                SkipBadFile = arguments.GetValue(skipBad),
                Out = arguments.GetRequiredValue(output),
                Init = arguments.GetValue(init),
                Size = arguments.GetValue(size),
                Vocabulary = arguments.GetValue(vocabulary),
                MaxLength = arguments.GetValue(maxLength),
                Epochs = arguments.GetValue(epochs),
                BudgetMinutes = arguments.GetValue(budget),
                MaskedShare = arguments.GetValue(share),
                Seed = arguments.GetValue(seed),
                Threads = arguments.GetValue(threads),
                Resume = arguments.GetValue(resume),
                CheckpointMinutes = arguments.GetValue(checkpoint),
                TensorBoard = arguments.GetValue(tensorBoard),
            };
            IReadOnlyList<string> recipeProblems = [];
            var recipe = arguments.GetValue(config) is { } file
                ? RecipeFile.Read(file, out recipeProblems, TrainerOptions.Note)
                : new RunRecipe();
            UserException.ThrowIfAny([.. options.Problems(), .. recipeProblems]);
            new PretrainPipeline(options, recipe, TrainerOptions.Display(), cancellation).Run();
            return ExitCode.Done;
        }));
        return command;
    }
}
